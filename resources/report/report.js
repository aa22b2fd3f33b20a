"use strict";
(() => {
  const all = [...document.querySelectorAll("article.step")];
  if (!all.length)
    return;
  const $ = selector => document.querySelector(selector);
  const slider = $(".transport input[type=range]");
  const everyRule = $(".transport input[type=checkbox]");
  const diagram = $(".diagram");
  const rows = new Map([...document.querySelectorAll(".cs-row")].map(row => [row.dataset.step, row]));
  const links = new Map([...document.querySelectorAll("#list a")].map(link => [link.hash.slice(6), link]));
  const start = all.findIndex(step => step.dataset.step === document.body.dataset.start);
  let at = Math.max(0, start);

  const isStop = step => everyRule.checked || step.classList.contains("stop");
  const stops = () => all.filter(isStop);

  // The row that stands for a step: its own, or that of the next landmark, which it led to.
  const rowOf = index => {
    for (let i = index; i < all.length; ++i)
      if (rows.has(all[i].dataset.step))
        return rows.get(all[i].dataset.step);
    return null;
  };

  const reveal = row => {
    const box = diagram.getBoundingClientRect();
    const place = row.getBoundingClientRect();
    if (place.top < box.top + 40)
      diagram.scrollTop -= box.top + 60 - place.top;
    else if (place.bottom > box.bottom - 20)
      diagram.scrollTop += place.bottom - box.bottom + 40;
  };

  const show = index => {
    at = index;
    const step = all[at];
    const row = rowOf(at);
    all.forEach(other => other.classList.toggle("current", other === step));
    rows.forEach(other => other.classList.toggle("current", other === row));
    let passed = true;
    rows.forEach(other => {
      other.classList.toggle("ahead", !passed);
      passed = passed && other !== row;
    });
    links.forEach((link, key) => {
      if (key === step.dataset.step)
        link.setAttribute("aria-current", "step");
      else
        link.removeAttribute("aria-current");
    });
    const list = stops();
    const place = list.indexOf(step);
    slider.max = list.length - 1;
    slider.value = place;
    const title = step.querySelector("h3").textContent;
    const verdict = step.querySelector("header .badge");
    $(".place").textContent = `${place + 1} / ${list.length}`;
    slider.setAttribute("aria-valuetext", `${place + 1}: ${title}`);
    $("[aria-live]").textContent = `${place + 1}: ${title} ${verdict ? verdict.textContent : ""}`;
    $(".steps").scrollTop = 0;
    if (row)
      reveal(row);
  };

  const go = where => {
    const list = stops();
    const index = step => all.indexOf(step);
    const last = list[list.length - 1];
    if (where === "first")
      show(index(list[0]));
    else if (where === "last")
      show(index(last));
    else if (where === "next")
      show(index(list.find(step => index(step) > at) || last));
    else if (where === "back")
      show(index(list.filter(step => index(step) < at).pop() || list[0]));
    else if (where === "decision")
      show(Math.max(0, start));
  };

  const goTo = key => {
    const index = all.findIndex(step => step.dataset.step === key);
    if (index < 0)
      return false;
    if (!isStop(all[index]))
      everyRule.checked = true;
    show(index);
    return true;
  };

  document.addEventListener("keydown", event => {
    const keys = { ArrowRight: "next", ArrowDown: "next", PageDown: "next", ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Home: "first", End: "last" };
    const inDiagram = diagram.contains(event.target);
    const sideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
    // Up and down scroll the page, but where the diagram has the focus.
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === slider || !(event.key in keys) || !(inDiagram || sideways))
      return;
    event.preventDefault();
    go(keys[event.key]);
  });
  document.querySelectorAll("[data-go]").forEach(button => button.addEventListener("click", () => go(button.dataset.go)));
  slider.addEventListener("input", () => show(all.indexOf(stops()[Number(slider.value)])));
  everyRule.addEventListener("change", () => (isStop(all[at]) ? show(at) : go("next")));
  rows.forEach((row, key) => row.addEventListener("click", () => goTo(key)));
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#step-']");
    if (!link)
      return;
    event.preventDefault();
    goTo(link.hash.slice(6));
    $(".walk").scrollIntoView({ block: "start" });
  });

  document.documentElement.classList.add("walks");
  $(".transport").hidden = false;
  if (!location.hash.startsWith("#step-") || !goTo(location.hash.slice(6)))
    show(at);
})();
