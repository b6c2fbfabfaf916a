// A file dropped on the box is chosen as if by its button, and the form is sent. Without this, the button does the same.
for (const box of document.querySelectorAll("[data-drop]")) {
  const input = box.querySelector("input[type=file]");
  const over = (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    box.classList.toggle("pt-over", event.type === "dragover");
  };
  box.addEventListener("dragover", over);
  box.addEventListener("dragleave", () => box.classList.remove("pt-over"));
  box.addEventListener("drop", (event) => {
    over(event);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    const chosen = new DataTransfer();
    chosen.items.add(file);
    input.files = chosen.files;
    input.form.requestSubmit();
  });
}
