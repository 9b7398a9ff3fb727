/** The page's script: filters the cards, and goes from card to card by key. Without it the page shows all of them. */
export const pageScript = `
const form = document.querySelector("form");
const cards = [...document.querySelectorAll(".card")];
function filter() {
  const { pipeline, scenario } = Object.fromEntries(new FormData(form));
  let shown = 0;
  for (const card of cards) {
    card.hidden = (pipeline !== "" && card.dataset.pipeline !== pipeline) || (scenario !== "" && card.dataset.scenario !== scenario);
    if (!card.hidden) shown++;
  }
  form.querySelector("output").value = shown === 1 ? "1 row shown" : shown + " rows shown";
  document.querySelector(".none-left").hidden = shown > 0;
}
form.hidden = false;
form.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.key !== "j" && event.key !== "k")) return;
  const visible = cards.filter((card) => !card.hidden);
  const current = visible.indexOf(document.activeElement.closest(".card"));
  const next = visible[event.key === "j" ? current + 1 : Math.max(0, current - 1)];
  if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "start" }); }
});
filter();
`;
