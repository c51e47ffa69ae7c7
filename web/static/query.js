// The query page: sends the text to /sparql and shows tables, truths and RDF. All text from the
// graph enters the page as text nodes; only http and https IRIs become links.
const form = document.getElementById("sparql");
const area = form.elements.query;
const status = document.getElementById("query-status");
const fault = document.getElementById("query-error");
const result = document.getElementById("query-result");
const downloads = form.querySelector(".downloads");
const SHOWN = 500;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function shown(term) {
  if (!term) return document.createTextNode("");
  if (term.type === "uri" && /^https?:\/\//.test(term.value)) {
    const at = form.dataset.thing + "?iri=" + encodeURIComponent(term.value);
    return element("a", term.value, { href: at });
  }
  const cell = element("span", term.value);
  if (term["xml:lang"]) cell.lang = term["xml:lang"];
  return cell;
}

function table(answer) {
  const made = element("table");
  const head = made.createTHead().insertRow();
  for (const name of answer.head.vars) head.append(element("th", name, { scope: "col" }));
  const body = made.createTBody();
  for (const row of answer.results.bindings.slice(0, SHOWN)) {
    const line = body.insertRow();
    for (const name of answer.head.vars) line.insertCell().append(shown(row[name]));
  }
  return made;
}

function show(answer, milliseconds) {
  if ("boolean" in answer) {
    result.append(element("p", answer.boolean ? form.dataset.true : form.dataset.false));
    return;
  }
  const n = answer.results.bindings.length;
  status.textContent = filled(form.dataset.rows, { n, ms: Math.round(milliseconds) });
  if (n > SHOWN) result.append(element("p", filled(form.dataset.first, { n: SHOWN })));
  result.append(table(answer));
  downloads.hidden = false;
}

function refuse(message, line, column) {
  fault.append(element("h2", form.dataset.error));
  if (line) fault.append(element("p", filled(form.dataset.place, { line, column })));
  fault.append(element("pre", message));
  fault.hidden = false;
  if (line) pointAt(line, column || 1);
}

function pointAt(line, column) {
  const before = area.value.split("\n").slice(0, line - 1);
  const at = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at + 1);
}

function problem(text) {
  try {
    const told = JSON.parse(text);
    return [told.detail || told.message || told.title || text, told.line, told.column];
  } catch {
    return [text];
  }
}

async function run() {
  result.replaceChildren();
  fault.replaceChildren();
  fault.hidden = downloads.hidden = true;
  result.hidden = false;
  status.textContent = form.dataset.running;
  const started = performance.now();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" },
      body: new URLSearchParams({ query: area.value }),
    });
    const text = await response.text();
    status.textContent = "";
    if (!response.ok) return refuse(...problem(text));
    const isTable = (response.headers.get("Content-Type") || "").includes("json");
    if (response.headers.has("Zhengtu-Truncated")) result.append(element("p", form.dataset.truncated));
    if (isTable) show(JSON.parse(text), performance.now() - started);
    else result.append(element("pre", text));
  } catch {
    status.textContent = "";
    refuse(form.dataset.unreachable);
  }
}

async function download(link) {
  const response = await fetch(form.action, {
    method: "POST",
    headers: { Accept: link.dataset.format },
    body: new URLSearchParams({ query: area.value }),
  });
  if (!response.ok) return refuse(...problem(await response.text()));
  const file = URL.createObjectURL(await response.blob());
  const name = "zhengtu." + (link.dataset.format === "text/csv" ? "csv" : "json");
  const made = element("a", "", { href: file, download: name });
  made.click();
  URL.revokeObjectURL(file);
}

form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
for (const link of downloads.querySelectorAll("a")) {
  link.href = "#query-result";
  link.addEventListener("click", (event) => { event.preventDefault(); download(link); });
}
form.querySelector("[data-prefixes]").addEventListener("click", (event) => {
  const missing = event.target.dataset.prefixes.split("\n").filter((line) => line && !area.value.includes(line));
  area.value = [...missing, area.value].join("\n");
});
for (const button of document.querySelectorAll("button.load")) {
  button.addEventListener("click", () => { area.value = button.dataset.query; area.focus(); run(); });
}
