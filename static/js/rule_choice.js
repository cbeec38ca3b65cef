// A rule is found by its words or its code, and read in full: a select cuts what is longer than itself.
for (const select of document.querySelectorAll("select[data-find]")) {
  const find = document.createElement("input");
  find.type = "search";
  find.className = "form-control mb-2";
  find.placeholder = find.ariaLabel = select.dataset.find;
  const full = document.createElement("output");
  full.className = "d-block mt-2 fw-medium";
  full.htmlFor = select.id;
  select.before(find);
  select.after(full);
  const show = () => { full.textContent = select.value && select.selectedOptions[0].text; };
  const fits = (option, words) => words.every((word) => `${option.text} ${option.value}`.toLowerCase().includes(word));
  find.addEventListener("input", () => {
    const words = find.value.toLowerCase().split(/\s+/);
    const found = [...select.options].filter((option) => option.value && fits(option, words));
    for (const option of select.options) option.hidden = option.value && !found.includes(option);
    for (const chapter of select.querySelectorAll("optgroup")) chapter.hidden = [...chapter.children].every((option) => option.hidden);
    if (find.value && found.length === 1) select.value = found[0].value;
    show();
  });
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  select.addEventListener("change", show);
  show();
}
