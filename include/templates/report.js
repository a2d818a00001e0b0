/* Sortable tables and the values of charts. Written into the page, so that it works from a file and asks nobody; without
   it the page is whole. No "less than" and no ampersand: the page is XML too. */
"use strict";
(function () {
  const lang = document.documentElement.lang;
  const make = (name, kind) => Object.assign(document.createElement(name), {className: kind});
  const number = (cell) => cell ? parseFloat(cell.dataset.n) : NaN;

  function compare(at, a, b) {
    const one = a.cells[at], two = b.cells[at], x = number(one), y = number(two);
    if (!isNaN(x) || !isNaN(y)) return isNaN(x) ? 1 : isNaN(y) ? -1 : x - y;
    return one.textContent.trim().localeCompare(two.textContent.trim(), lang, {numeric: true});
  }

  /* Rows of a sum and of the rest stay at the foot; what has no number comes after what has one, in both orders. */
  function sort(table, at, order) {
    const body = table.tBodies[0], rows = table.rowsAsWritten;
    const moved = rows.filter((row) => !row.className), kept = rows.filter((row) => row.className);
    if (order) moved.sort((a, b) => {
      const both = [a, b].every((row) => !isNaN(number(row.cells[at])));
      const none = [a, b].every((row) => isNaN(number(row.cells[at])));
      return compare(at, a, b) * (both || none ? order : 1);
    });
    body.append(...moved, ...kept);
  }

  function sortable(table) {
    const head = Array.from(table.tHead.rows[0].cells);
    table.rowsAsWritten = Array.from(table.tBodies[0].rows);
    head.forEach((cell, at) => {
      const button = make("button", "");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        const first = table.rowsAsWritten.some((row) => !isNaN(number(row.cells[at]))) ? -1 : 1;
        const now = {ascending: 1, descending: -1}[cell.ariaSort] || 0;
        const next = now === 0 ? first : now === first ? -first : 0;
        head.forEach((each) => each.removeAttribute("aria-sort"));
        if (next) cell.setAttribute("aria-sort", next === 1 ? "ascending" : "descending");
        sort(table, at, next);
      });
    });
  }

  const said = make("p", "hover"), mark = make("i", "at");
  said.setAttribute("role", "status");
  mark.setAttribute("aria-hidden", "true");
  document.querySelector("main").append(said, mark);

  function hide() { said.className = "hover"; mark.className = "at"; }

  function show(chart, points, at) {
    const seen = chart.getBoundingClientRect(), scale = seen.width / chart.viewBox.baseVal.width;
    const x = scrollX + seen.left + points[at].x * scale, y = scrollY + seen.top + points[at].y * scale;
    said.textContent = points[at].words;
    said.className = "hover on";
    mark.className = "at on";
    const half = said.offsetWidth / 2, width = document.documentElement.clientWidth;
    said.style.left = Math.max(half + 4, Math.min(x, width - half - 4)) + "px";
    said.style.top = y - 10 + "px";
    mark.style.left = x + "px";
    mark.style.top = y + "px";
    chart.at = at;
  }

  function readable(chart) {
    const points = chart.dataset.at.split("|").map((each) => {
      const part = each.split(" ");
      return {x: +part[0], y: +part[1], words: part.slice(2).join(" ")};
    });
    const end = points.length - 1;
    const steps = {ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1};
    chart.tabIndex = 0;
    chart.addEventListener("pointermove", (event) => {
      const seen = chart.getBoundingClientRect(), scale = seen.width / chart.viewBox.baseVal.width;
      const x = (event.clientX - seen.left) / scale, y = (event.clientY - seen.top) / scale;
      const far = points.map((point) => Math.abs(point.x - x) + Math.abs(point.y - y) / 4);
      show(chart, points, far.indexOf(Math.min(...far)));
    });
    chart.addEventListener("pointerleave", hide);
    chart.addEventListener("blur", hide);
    chart.addEventListener("focus", () => show(chart, points, end));
    chart.addEventListener("keydown", (event) => {
      const to = event.key === "Home" ? 0 : event.key === "End" ? end : (chart.at ?? end) + (steps[event.key] || 0);
      if (event.key === "Escape") hide();
      if (event.key in steps || event.key === "Home" || event.key === "End") {
        event.preventDefault();
        show(chart, points, Math.max(0, Math.min(to, end)));
      }
    });
  }

  document.querySelectorAll("table:not(.heat)").forEach((table) => table.tBodies[0].rows.length > 2 ? sortable(table) : 0);
  document.querySelectorAll("svg[data-at]").forEach(readable);
})();
