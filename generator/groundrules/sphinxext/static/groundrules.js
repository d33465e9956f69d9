// Makes answers quicker to find: a finder of records, filters of the matrix, a live picture of
// a job graph.  Every page is complete without it.  No library: what these need is below.
(() => {
  "use strict";
  const site = new URL("..", document.currentScript.src);

  // A new element; attributes whose value is a function are listeners.
  function make(tag, attributes = {}, ...content) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") made.addEventListener(name, value);
      else made.setAttribute(name, value);
    }
    made.append(...content);
    return made;
  }
  const labelled = (text, field) => make("label", {}, make("span", {}, text), field);
  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  // ---- Finder: records by name, or part of it, below every search field -----------------------

  let entries = null;

  // The index is Sphinx's own; some themes load it on each page, else it comes when it is needed.
  function loadIndex() {
    if (typeof Search !== "undefined") return Promise.resolve(Search._index);
    return new Promise((found) => {
      window.Search = { setIndex: (index) => found((window.Search._index = index)) };
      document.head.append(make("script", { src: new URL("searchindex.js", site).href }));
    });
  }

  // Every record as its kind, name, title and address; other pages by their title.
  function recordsOf(index) {
    const found = [], records = new Set();
    const suffix = DOCUMENTATION_OPTIONS.BUILDER === "dirhtml" ? "/" : DOCUMENTATION_OPTIONS.LINK_SUFFIX;
    for (const [prefix, objects] of Object.entries(index.objects)) {
      for (const [page, type, , anchor, last] of objects) {
        const [domain, kind] = index.objnames[type];
        if (domain !== "ci") continue;
        const whole = prefix ? `${prefix}.${last}` : last;
        const name = kind === "job" ? whole.split("/").pop() : whole;
        const title = kind === "job" || kind === "label" ? name : index.titles[page];
        const more = kind === "job" ? whole.split("/")[0] : title === name ? "" : name;
        found.push({ kind, name, title, more, page, anchor: `#${anchor || whole}` });
        if (kind !== "label") records.add(page);
      }
    }
    index.titles.forEach((title, page) => {
      if (!records.has(page)) found.push({ kind: "page", name: title, title, more: "", page, anchor: "" });
    });
    return found.map((each) => ({
      ...each,
      text: `${each.name} ${each.title} ${each.more} ${each.kind}`.toLowerCase(),
      href: new URL(index.docnames[each.page] + suffix + each.anchor, site).href,
    }));
  }

  // The best first: the name itself, then what starts with the words, then what holds them.
  function matches(query) {
    const asked = words(query), whole = asked.join(" ");
    if (!whole) return [];
    const rank = ({ name, title, kind }) => {
      const names = [name.toLowerCase(), title.toLowerCase()];
      if (names.includes(whole)) return 0;
      if (names.some((each) => each.startsWith(whole))) return 1;
      return (names.some((each) => each.includes(whole)) ? 2 : 3) + (kind === "page" ? 0.5 : 0);
    };
    return entries
      .filter(({ text }) => asked.every((word) => text.includes(word)))
      .sort((a, b) => rank(a) - rank(b) || a.title.length - b.title.length || a.text.localeCompare(b.text));
  }

  function startFinder(input) {
    const hits = make("ul", { class: "ci-hits", hidden: "", keydown: move });
    const status = make("p", { class: "ci-status", role: "status" });
    const most = input.closest("dialog") ? 8 : 12;
    input.form.after(status, hits);

    async function show() {
      if (!entries) {
        const index = await loadIndex();
        entries ??= recordsOf(index);
      }
      const found = matches(input.value);
      hits.replaceChildren(...found.slice(0, most).map(hit));
      hits.hidden = found.length === 0;
      status.textContent = !input.value.trim() ? "" : found.length === 0
        ? "No record of this name. Enter searches the text."
        : `${count(found.length, "record", "records")} of this name. Enter searches the text.`;
    }
    function hit({ kind, title, more, href }) {
      const kindMark = make("span", { class: "ci-kind" }, kind);
      const link = make("a", { href }, kindMark, " ", make("b", {}, title));
      if (more) link.append(" ", make("small", {}, more));
      return make("li", {}, link);
    }
    function move(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || hits.hidden) return;
      const stops = [input, ...hits.querySelectorAll("a")];
      event.preventDefault();
      (stops[stops.indexOf(document.activeElement) + step] ?? input).focus();
    }
    input.addEventListener("input", show);
    input.addEventListener("keydown", move);
    const asked = new URLSearchParams(location.search).get("q");
    if (asked && !input.closest("dialog")) {
      input.value = asked;
      show();
    }
  }

  // ---- Matrix: rows by text, columns by text and platform, both by standing -------------------

  function startMatrix(table) {
    const [platforms, labels] = table.tHead.rows;
    const columns = [];
    for (const cell of [...platforms.cells].slice(1)) {
      for (let left = cell.colSpan; left; left--) columns.push({ platform: cell });
    }
    columns.forEach((column, at) => {
      column.head = labels.cells[at + 1];
      column.text = column.head.textContent.toLowerCase();
    });
    const standing = (cell) => cell.querySelector(".ci-badge")?.className.match(/ci-badge ci-(\S+)/)[1];
    const rows = [...table.tBodies[0].rows].map((row) => ({
      row,
      text: row.cells[0].textContent.toLowerCase(),
      cells: [...row.cells].slice(1),
      says: [...row.cells].slice(1).map(standing),
    }));
    const option = (value, text) => make("option", { value }, text);
    const fields = {
      promise: make("input", { type: "search", placeholder: "memory" }),
      label: make("input", { type: "search", placeholder: "noble" }),
      platform: make("select", {}, option("", "all"),
        ...[...platforms.cells].slice(1).map((cell) => option(cell.textContent, cell.textContent))),
      standing: make("select", {}, option("", "any"), option("guaranteed", "guaranteed"),
        option("varies", "varies"), option("not-guaranteed", "not guaranteed")),
    };
    const status = make("output", {});
    const filter = make("form", { class: "ci-filter", "aria-label": "Filter the table",
      input: apply, submit: (event) => event.preventDefault(), reset: () => setTimeout(apply) },
      labelled("Promise", fields.promise), labelled("Label", fields.label),
      labelled("Platform", fields.platform), labelled("Standing", fields.standing),
      make("button", { type: "reset" }, "Show all"), status);
    table.parentElement.before(filter);

    function apply() {
      const [promise, label] = [words(fields.promise.value), words(fields.label.value)];
      const [platform, asked] = [fields.platform.value, fields.standing.value];
      const inColumn = columns.map(({ text, platform: cell }) =>
        label.every((word) => text.includes(word)) && (!platform || cell.textContent === platform));
      const inRow = rows.map(({ text }) => promise.every((word) => text.includes(word)));
      const fits = (row, column) => inRow[row] && inColumn[column] && (!asked || rows[row].says[column] === asked);
      const showRow = rows.map((_, row) => columns.some((__, column) => fits(row, column)));
      const showColumn = columns.map((_, column) => rows.some((__, row) => fits(row, column)));
      rows.forEach(({ row, cells }, at) => {
        row.hidden = !showRow[at];
        cells.forEach((cell, column) => { cell.hidden = !showColumn[column]; });
      });
      columns.forEach(({ head }, at) => { head.hidden = !showColumn[at]; });
      for (const cell of [...platforms.cells].slice(1)) {
        const shown = columns.filter((each, at) => each.platform === cell && showColumn[at]).length;
        cell.hidden = !shown;
        cell.colSpan = shown || 1;
      }
      const [some, all] = [showRow.filter(Boolean).length, showColumn.filter(Boolean).length];
      status.textContent = `${some} of ${count(rows.length, "promise", "promises")}, ` +
        `${all} of ${count(columns.length, "label", "labels")}`;
      remember();
    }
    // The address keeps the filter, so that an answer can be sent to somebody.
    function remember() {
      const state = new URLSearchParams();
      for (const [name, { value }] of Object.entries(fields)) if (value) state.set(name, value);
      if (`${state}` || location.hash.includes("=")) history.replaceState(null, "", `#${state}`);
    }
    function recall() {
      const state = new URLSearchParams(location.hash.slice(1));
      for (const [name, field] of Object.entries(fields)) field.value = state.get(name) ?? "";
      apply();
    }
    window.addEventListener("hashchange", recall);
    recall();
  }

  // ---- Graph: what a job waits for and what waits for it, lit; zoom, pan, find ----------------

  function startGraph(figure) {
    const frame = figure.querySelector(".ci-diagram"), svg = frame.querySelector("svg");
    const jobs = [...svg.querySelectorAll(".ci-node")], names = jobs.map((job) => job.textContent.trim());
    const locks = jobs.map((job) => words(job.dataset.semaphores ?? ""));
    const arrows = [...svg.querySelectorAll(".ci-arrow")];
    const ends = arrows.map((arrow) => arrow.dataset.ends.split(" ").map(Number));
    const rows = arrows.map((arrow) => arrow.id &&
      document.getElementById(arrow.id.replace("arrow", "wait"))?.closest("tr"));
    const told = make("div", { class: "ci-told", "aria-live": "polite" });

    function reach(start, from, to) {
      const found = new Set(), todo = [start];
      for (let job; (job = todo.pop()) !== undefined;) {
        for (const end of ends) if (end[from] === job && !found.has(end[to])) todo.push(end[to]), found.add(end[to]);
      }
      return found;
    }
    function light(job) {
      const before = reach(job, 1, 0), after = reach(job, 0, 1);
      svg.classList.add("ci-lit");
      jobs.forEach((each, at) => {
        each.classList.toggle("ci-self", at === job);
        each.classList.toggle("ci-before", before.has(at));
        each.classList.toggle("ci-after", after.has(at));
      });
      const near = (at) => at === job || before.has(at) || after.has(at);
      arrows.forEach((arrow, at) => {
        const [start, end] = ends[at];
        arrow.classList.toggle("ci-on", (near(start) && before.has(start) && (end === job || before.has(end)))
          || (after.has(end) && (start === job || after.has(start))));
      });
      tell(job, before, after);
    }
    function dark() {
      svg.classList.remove("ci-lit");
      svg.querySelectorAll(".ci-self, .ci-on").forEach((each) => each.classList.remove("ci-self", "ci-on"));
      told.replaceChildren();
    }
    // The same in words: the counts at once, the reasons when they are asked for.
    function tell(job, before, after) {
      const beside = names.filter((_, at) => at !== job && !before.has(at) && !after.has(at) &&
        !locks[at].some((lock) => locks[job].includes(lock))).length;
      const list = (which) => which.size ? ` (${[...which].map((at) => names[at]).join(", ")})` : "";
      const said = make("p", {}, make("b", {}, names[job]), ` waits for ${before.size}${list(before)}; ` +
        `${after.size} ${after.size === 1 ? "waits" : "wait"} for it${list(after)}; ${beside} can run beside it.`);
      const reasons = rows.filter((row, at) => row && ends[at].includes(job)).map((row) =>
        make("li", {}, `${row.cells[0].textContent.trim()} waits for ${row.cells[1].textContent.trim()}: ` +
          row.cells[2].textContent.trim()));
      told.replaceChildren(said);
      if (reasons.length) told.append(make("details", {}, make("summary", {}, "Why"), make("ul", {}, ...reasons)));
    }
    jobs.forEach((job, at) => {
      job.addEventListener("pointerenter", () => light(at));
      job.addEventListener("focus", () => { light(at); rove(at); show(job); });
    });
    svg.addEventListener("pointerleave", () => {
      const at = jobs.indexOf(document.activeElement);
      if (at >= 0) light(at);
    });
    frame.addEventListener("keydown", (event) => { if (event.key === "Escape") dark(); });

    // One stop for the tab key; arrow keys follow the arrows, up and down go to the next job.
    function rove(to) {
      jobs.forEach((job, at) => job.setAttribute("tabindex", at === to ? 0 : -1));
    }
    const places = jobs.map((job) => job.getBBox()).map(({ x, y, width }) => ({ x: x + width / 2, y }));
    function next(at, key) {
      const linked = { ArrowLeft: [1, 0], ArrowRight: [0, 1] }[key];
      if (linked) return ends.find((end) => end[linked[0]] === at)?.[linked[1]];
      const way = { ArrowUp: -1, ArrowDown: 1 }[key];
      const far = (to) => (places[to].y - places[at].y) * way + Math.abs(places[to].x - places[at].x) * 4;
      return names.map((_, to) => to).filter((to) => (places[to].y - places[at].y) * way > 1)
        .sort((a, b) => far(a) - far(b))[0];
    }
    svg.addEventListener("keydown", (event) => {
      const at = jobs.indexOf(event.target);
      if (at < 0 || !event.key.startsWith("Arrow")) return;
      event.preventDefault();
      jobs[next(at, event.key)]?.focus();
    });
    rove(0);

    // Rows of the table and arrows of the picture light each other.
    const mark = (at, on) => {
      arrows[at].classList.toggle("ci-marked", on);
      rows[at].classList.toggle("ci-marked", on);
    };
    rows.forEach((row, at) => {
      if (!row) return;
      for (const each of [row, arrows[at]]) {
        for (const [type, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
          each.addEventListener(type, () => mark(at, on));
        }
      }
      row.querySelector(".ci-edge").addEventListener("click", () => show(arrows[at]));
    });

    const whole = svg.viewBox.baseVal.width;
    let scale;
    function zoom(to) {
      const middle = [(frame.scrollLeft + frame.clientWidth / 2) / svg.clientWidth, (frame.scrollTop + frame.clientHeight / 2) / svg.clientHeight];
      scale = Math.min(Math.max(to, 0.05), 4);
      svg.classList.add("ci-scaled");
      svg.style.minWidth = svg.style.maxWidth = svg.style.width = `${whole * scale}px`;
      frame.scrollLeft = middle[0] * svg.clientWidth - frame.clientWidth / 2;
      frame.scrollTop = middle[1] * svg.clientHeight - frame.clientHeight / 2;
    }
    function show(part) {
      const [a, b] = [part.getBoundingClientRect(), frame.getBoundingClientRect()];
      if (a.left < b.left || a.right > b.right) frame.scrollLeft += (a.left + a.right - b.left - b.right) / 2;
      if (a.top < b.top || a.bottom > b.bottom) frame.scrollTop += (a.top + a.bottom - b.top - b.bottom) / 2;
    }
    const fit = (...sizes) => Math.min(1, ...sizes);
    const across = () => frame.clientWidth / whole, down = () => (window.innerHeight * 0.75 - 2) / svg.viewBox.baseVal.height;
    zoom(Math.max(fit(across()), 0.75));
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
    }, { passive: false });
    let grip = null;
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) grip = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop, moved: false };
    });
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    window.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const [left, top] = [grip.x - event.clientX, grip.y - event.clientY];
      grip.moved ||= Math.hypot(left - frame.scrollLeft, top - frame.scrollTop) > 4;
      if (grip.moved) frame.scrollTo(left, top);
    });
    frame.addEventListener("click", (event) => { if (grip?.moved) event.preventDefault(); }, true);
    window.addEventListener("pointerup", () => setTimeout(() => { grip = null; }));

    if (!figure.querySelector("figcaption")) { // a job and its neighbours: small, and all in words below
      return;
    }
    const id = `ci-jobs-${document.querySelectorAll(".ci-tools").length}`;
    const find = make("input", { type: "search", list: id, input: look, keydown: (event) => {
      if (event.key === "Enter") jobs[found()[0]]?.focus(), event.preventDefault();
    } });
    const button = (text, name, click) => make("button", { type: "button", "aria-label": name, title: name, click }, text);
    const status = make("output", {});
    figure.prepend(make("form", { class: "ci-tools", "aria-label": "Picture", submit: (event) => event.preventDefault() },
      labelled("Find a job", find), make("datalist", { id }, ...names.map((value) => make("option", { value }))), status,
      button("−", "Smaller", () => zoom(scale / 1.25)), button("+", "Larger", () => zoom(scale * 1.25)),
      button("Fit", "Whole picture", () => zoom(fit(across(), down())))));
    frame.after(told);
    function found() {
      const asked = words(find.value);
      const fits = names.map((_, at) => at).filter((at) => asked.every((word) => names[at].toLowerCase().includes(word)));
      return asked.length ? fits.sort((a, b) => names[a].length - names[b].length) : [];
    }
    function look() {
      const hits = found();
      jobs.forEach((job, at) => job.classList.toggle("ci-found", hits.includes(at)));
      status.textContent = find.value ? count(hits.length, "job", "jobs") : "";
      if (hits.length) { light(hits[0]); show(jobs[hits[0]]); } else dark();
    }
  }

  document.querySelectorAll('input[name="q"]').forEach(startFinder);
  document.querySelectorAll("table.ci-matrix").forEach(startMatrix);
  document.querySelectorAll(".ci-figure").forEach(startGraph);
})();
