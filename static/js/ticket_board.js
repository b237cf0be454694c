/* Dragging a card into a column chooses that column in the card's own form and sends it; without this script the form is all there is. */
(() => {
  "use strict";
  let dragged = null;
  const columnOf = (event) => event.target.closest && event.target.closest("[data-column]");
  const accepts = (column) =>
    dragged && column && dragged.querySelector(`option[value="${column.dataset.column}"]`);
  const clear = () => document.querySelectorAll(".column.over").forEach((one) => one.classList.remove("over"));

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest ? event.target.closest("[draggable=true]") : null;
    if (!dragged) return;
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
  });
  document.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    if (!accepts(column)) return;
    event.preventDefault();
    clear();
    column.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const column = columnOf(event);
    if (!accepts(column)) return;
    event.preventDefault();
    const form = dragged.querySelector("form");
    const choice = form.elements.namedItem("column");
    if (!column.contains(dragged)) {
      choice.value = column.dataset.column;
      form.requestSubmit();
    }
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("dragged");
    dragged = null;
    clear();
  });
})();
