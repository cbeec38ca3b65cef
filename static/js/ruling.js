// Beside a ruling stand only the measures that belong to it; what is hidden is not sent.
const fit = (outcome) => {
  for (const input of outcome.form.querySelectorAll("[data-with]")) {
    const belongs = input.dataset.with.split(" ").includes(outcome.value);
    input.disabled = !belongs;
    input.closest(".mb-3").hidden = !belongs;
  }
};
for (const outcome of document.querySelectorAll("select[name=outcome]")) {
  outcome.addEventListener("change", () => fit(outcome));
  fit(outcome);
}
