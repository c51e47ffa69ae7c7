// Parts of a page that change in place; without this script each is a page of its own.
async function show(part, address) {
  const shown = document.getElementById(part);
  const answer = await fetch(address);
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown.replaceChildren(...page.getElementById(part).childNodes);
  return true;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-part]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const done = await show(link.dataset.part, link.href).catch(() => false);
  if (!done) location.assign(link.href);
  history.replaceState(null, "", link.href);
  document.querySelector(`#${link.dataset.part} .here a`)?.focus();
});

for (const form of document.querySelectorAll("form[data-part]")) {
  let last = 0;
  form.addEventListener("input", () => {
    clearTimeout(last);
    const address = form.action + "?" + new URLSearchParams(new FormData(form));
    last = setTimeout(() => show(form.dataset.part, address).catch(() => {}), 200);
  });
}
