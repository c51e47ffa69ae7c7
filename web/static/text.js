// A cited sentence comes into view even where the address has no fragment that exists.
const cited = document.querySelector(".chosen");
if (cited && !document.querySelector(":target")) cited.scrollIntoView({ block: "center" });

// The legend of a source text: ticking a kind shows its marks.
for (const box of document.querySelectorAll(".legend input[data-kind]")) {
  box.addEventListener("change", () => {
    document.querySelector(".source-text").classList.toggle("off-" + box.dataset.kind, !box.checked);
  });
}
