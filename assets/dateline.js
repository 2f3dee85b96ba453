/* Dateline's own script: the URL is the only state.  Whatever the reader does becomes a change of the
 * address; the server turns the address into figures and trees of text, and drawing.js draws the figures. */
(function () {
  "use strict";

  const EPOCH = 719163; // ordinal of 1970-01-01, as in Python's date.toordinal
  const DAY = 864e5;
  const NO = () => window.dash_clientside.no_update;
  const $ = (id) => document.getElementById(id);
  const texts = () => document.body.dataset;

  // ---------------------------------------------------------------- days
  const iso = (ordinal) => {
    const day = Math.min(Math.max(Math.floor(ordinal), 1), 3652059);
    const date = new Date((day - EPOCH) * DAY);
    return String(date.getUTCFullYear()).padStart(4, "0") + date.toISOString().slice(-20, -14);
  };

  // ---------------------------------------------------------------- address
  function go(patch) {
    const query = new URLSearchParams(location.search);
    for (const [key, values] of Object.entries(patch)) {
      query.delete(key);
      for (const value of [].concat(values)) if (value !== "" && value != null) query.append(key, value);
    }
    const search = query.toString() ? "?" + query : "";
    if (search !== location.search) window.dash_clientside.set_props("url", { search });
  }

  let waiting = 0;
  function goSoon(patch) {
    clearTimeout(waiting);
    waiting = setTimeout(() => go(patch), 220);
  }

  // ---------------------------------------------------------------- what each region depends on
  const FILTERS = ["kind", "person", "place", "document", "quality"];
  const REGIONS = [
    [["from", "to", "lanes", "axis", "e", ...FILTERS], "width", true],
    [["lanes", "axis", ...FILTERS], "width", true],
    [["from", "to", "axis", ...FILTERS], "width", false],
    [["e", "whole"], null, false],
    [["chart", ...FILTERS], "card", true],
    [["table", "page", ...FILTERS], null, false],
  ];
  const LISTED = 2, REST = 2500; // the table under the timeline; while it is closed only paper needs it: fetched at rest
  const sent = [];
  let resting = 0;

  const isDark = (query) => {
    const theme = query.get("theme");
    return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  };

  function route(search, client, build) {
    const query = new URLSearchParams(search || "");
    const root = document.documentElement;
    root.dataset.theme = ["light", "dark"].includes(query.get("theme")) ? query.get("theme") : "auto";
    root.toggleAttribute("data-dark", isDark(query)); // what the charts are drawn for, on paper too
    if (build && root.dataset.build && root.dataset.build !== build) say(texts().rebuilt, true);
    if (build) root.dataset.build = build;
    document.body.classList.toggle("has-evidence", Boolean(query.get("e")));
    if (!client) return REGIONS.map(NO);
    return REGIONS.map(([keys, size, themed], i) => {
      const part = new URLSearchParams();
      for (const key of [...keys, "lang"]) for (const value of query.getAll(key)) part.append(key, value);
      const view = { query: "?" + part, build };
      if (themed) view.dark = client.dark;
      if (size) view[size] = client[size];
      const text = JSON.stringify(view);
      if (sent[i] === text) return NO();
      if (i === LISTED) clearTimeout(resting);
      if (i !== LISTED || client.listed) {
        sent[i] = text;
        return view;
      }
      resting = setTimeout(() => {
        sent[i] = text;
        window.dash_clientside.set_props("view-listed", { data: view });
      }, REST);
      return NO();
    });
  }

  const PAPER = 690; // CSS pixels between the margins of a sheet of A4 or Letter
  let measured = "";
  function measure() {
    const lanes = $("timeline"), cards = $("indicators-body");
    if (!lanes || !cards || !lanes.clientWidth || !$("timeline-details")) return;
    const gap = 24, room = cards.clientWidth, pad = 40;
    const columns = Math.max(1, Math.floor((room + gap) / (360 + gap)));
    const client = {
      width: Math.floor(lanes.clientWidth),
      card: Math.floor((room - gap * (columns - 1)) / columns) - pad,
      dark: isDark(new URLSearchParams(location.search)),
      listed: $("timeline-details").open,
    };
    cards.style.setProperty("--columns", columns);
    const text = JSON.stringify(client);
    if (text === measured) return;
    measured = text;
    document.documentElement.style.setProperty("--fit", Math.min(1, PAPER / client.width));
    window.dash_clientside.set_props("client", { data: client });
  }

  // ---------------------------------------------------------------- the timeline's marks
  const plot = () => $("timeline-graph");
  const drawn = () => plot() && plot().drawn;
  const meta = (chart) => (chart && chart.drawn && chart.drawn.figure.layout.meta) || {};
  const marks = () => (plot() && plot().marks) || [];
  let focused = -1;
  let order = [];

  function rebuild() {
    const list = $("marks"), all = marks();
    if (!list) return;
    order = all.map((_, i) => i).sort((a, b) => (all[a].axis === all[b].axis ? all[a].x - all[b].x || all[a].y - all[b].y : all[a].axis < all[b].axis ? -1 : 1));
    const keep = focused >= 0 && order[focused] != null ? list.dataset.focus : "";
    while (list.childNodes.length > order.length) list.lastChild.remove();
    while (list.childNodes.length < order.length) {
      const option = document.createElement("div");
      option.id = "mark-" + list.childNodes.length;
      option.setAttribute("role", "option");
      list.appendChild(option);
    }
    const selected = current();
    order.forEach((i, place) => {
      const option = list.childNodes[place], said = `${place + 1}/${order.length}: ${all[i].title}, ${all[i].date}`;
      option.setAttribute("aria-label", said); // no text inside: nothing to lay out
      option.setAttribute("aria-selected", String(all[i].id !== "" && all[i].id === selected));
    });
    if (order.length) {
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-labelledby", "timeline-heading");
      list.setAttribute("aria-describedby", "chart-help");
      list.tabIndex = 0;
    } else {
      for (const name of ["role", "tabindex", "aria-labelledby", "aria-describedby", "aria-activedescendant"]) list.removeAttribute(name);
    }
    focused = keep ? order.findIndex((i) => all[i].id === keep) : -1;
    showRing();
  }

  const current = () => new URLSearchParams(location.search).get("e") || "";

  function focusMark(place) {
    const all = marks(), list = $("marks");
    if (!order.length) return;
    focused = Math.min(Math.max(place, 0), order.length - 1);
    const mark = all[order[focused]];
    list.setAttribute("aria-activedescendant", "mark-" + focused);
    list.dataset.focus = mark.id;
    say(`${focused + 1} / ${order.length}: ${mark.title}, ${mark.date}`);
    showRing();
    preview(plot(), mark);
  }

  // ---------------------------------------------------------------- the preview of a mark
  let leaving = 0;
  let previewed = null;

  /* Show what a mark is, beside it; the pointer may go over to it, Escape closes it. */
  function preview(chart, mark, at) {
    clearTimeout(leaving);
    const box = $("preview");
    if (!box || (previewed === mark && !box.hidden && at)) return;
    previewed = mark;
    const [title, date, more] = box.children;
    [title.textContent, date.textContent, more.textContent] = [mark.title, mark.date, mark.more];
    more.hidden = !mark.more;
    box.hidden = false;
    const ground = chart.getBoundingClientRect(), [x, y] = at || window.drawing.place(chart.drawn, mark);
    const left = ground.left + x + 16, top = ground.top + y + 14, { offsetWidth: width, offsetHeight: height } = box;
    box.style.left = Math.max(8, left + width > innerWidth - 8 ? ground.left + x - width - 16 : left) + "px";
    box.style.top = Math.max(8, top + height > innerHeight - 8 ? ground.top + y - height - 14 : top) + "px";
  }

  function unpreview() {
    clearTimeout(leaving);
    previewed = null;
    if ($("preview")) $("preview").hidden = true;
  }

  const byMouse = () => $("marks").classList.contains("by-mouse");

  function showRing() {
    const ring = $("ring"), mark = marks()[order[focused]];
    if (!ring) return;
    ring.hidden = !mark || document.activeElement !== $("marks") || byMouse();
    if (ring.hidden) return;
    const [left, top] = window.drawing.place(drawn(), mark);
    ring.style.left = left + "px";
    ring.style.top = top + "px";
  }

  function activate(mark, byKey) {
    if (!mark) return;
    unpreview();
    if (mark.id) {
      openedByKey = byKey;
      go({ e: mark.id, whole: "" });
    } else if (mark.to > mark.from) {
      const room = Math.max((mark.to - mark.from) * 0.06, 1);
      show(mark.from - room, mark.to + room);
    } else {
      const details = $("timeline-details");
      details.open = true;
      details.scrollIntoView({ block: "nearest" });
    }
  }

  // ---------------------------------------------------------------- the window
  const strip = () => $("overview-graph");
  const extent = () => {
    const whole = meta(strip());
    return [whole.from, whole.to];
  };
  /* The axis in sequence puts the days of meta.steps at their places; beyond them a year is one unit. */
  const dayAt = (x, steps) => {
    if (!steps) return x;
    const last = steps.length - 1, [[low, first], [high, end]] = [steps[0], steps[last]];
    if (x <= low) return first + (x - low) * 365.25;
    if (x >= high) return end + (x - high) * 365.25;
    const i = steps.findIndex(([at]) => at > x), [before, day] = steps[i - 1], [after, next] = steps[i];
    return day + ((x - before) / (after - before)) * (next - day);
  };
  const axisRange = () => (drawn() ? drawn().axes.x.range : null);
  const shown = () => {
    const range = axisRange(), { steps } = meta(plot());
    return range && range.map((x) => dayAt(x, steps));
  };

  /* Move the drawn figure under a new range at once; the server is asked when the hand rests. */
  let moving = 0;
  function slide(range) {
    cancelAnimationFrame(moving);
    moving = requestAnimationFrame(() => {
      window.drawing.draw(plot(), drawn().figure, range);
      showRing();
    });
    const { steps } = meta(plot());
    show(dayAt(range[0], steps), dayAt(range[1], steps), true);
  }

  function show(first, last, soon) {
    const [low, high] = extent(), span = high - low;
    if (last - first < 3) [first, last] = [(first + last) / 2 - 1.5, (first + last) / 2 + 1.5];
    if (last - first >= span * 1.1) return (soon ? goSoon : go)({ from: "", to: "" });
    if (first < low - span * 0.1) [first, last] = [low - span * 0.1, low - span * 0.1 + (last - first)];
    if (last > high + span * 0.1) [first, last] = [high + span * 0.1 - (last - first), high + span * 0.1];
    (soon ? goSoon : go)({ from: iso(first), to: iso(last - 0.5) });
  }

  function zoom(factor, at, soon) {
    const range = axisRange(), { steps } = meta(plot());
    if (!range) return;
    const middle = at == null ? (range[0] + range[1]) / 2 : at;
    const first = middle - (middle - range[0]) * factor, last = middle + (range[1] - middle) * factor;
    if (soon) slide([first, last]);
    else show(dayAt(first, steps), dayAt(last, steps));
  }

  function nextGroup() {
    const all = order.map((i) => marks()[i]).filter((mark) => mark.axis === "x" && mark.form !== "rails");
    const range = shown();
    if (!range || !all.length) return;
    const near = (range[1] - range[0]) * 0.04;
    const groups = [];
    for (const mark of all) {
      const last = groups[groups.length - 1];
      if (mark.form === "cluster") groups.push({ from: mark.from, to: mark.to, many: true });
      else if (mark.to - mark.from < near) {
        if (last && !last.many && mark.from - last.to < near) Object.assign(last, { to: mark.to, n: last.n + 1 });
        else groups.push({ from: mark.from, to: mark.to, n: 1 });
      }
    }
    const worth = groups.filter((group) => group.many || group.n > 1);
    if (!worth.length) return say(texts().noGroup);
    turn = (turn + 1) % worth.length;
    const room = Math.max((worth[turn].to - worth[turn].from) * 0.15, 4);
    show(worth[turn].from - room, worth[turn].to + room);
  }
  let turn = -1;

  function step(way) {
    const all = marks(), here = order.findIndex((i) => all[i].id && all[i].id === current());
    for (let place = (here >= 0 ? here : focused) + way; place >= 0 && place < order.length; place += way) {
      if (all[order[place]].id) {
        focused = place;
        return activate(all[order[place]]);
      }
    }
  }

  const ACTIONS = {
    in: () => zoom(0.5),
    out: () => zoom(2),
    fit: () => go({ from: "", to: "" }),
    next: () => step(1),
    previous: () => step(-1),
    "next-cluster": nextGroup,
  };

  // ---------------------------------------------------------------- the brush on the overview
  function drawBrush() {
    const brush = $("brush"), whole = meta(strip()), { window: seen } = meta(plot());
    if (!brush || !seen || whole.to === undefined) return;
    if (!brush.firstChild) makeBrush(brush);
    const part = (x) => Math.min(Math.max((x - whole.from) / (whole.to - whole.from), 0), 1) * 100;
    placeBrush(...seen.map(part));
  }

  function placeBrush(left, right) {
    const brush = $("brush"), whole = meta(strip());
    const [before, pane, after, start, end] = brush.children;
    before.style.width = left + "%";
    pane.style.left = left + "%";
    pane.style.width = Math.max(right - left, 0.4) + "%";
    after.style.left = Math.max(right, left + 0.4) + "%";
    start.style.left = left + "%";
    end.style.left = Math.max(right, left + 0.4) + "%";
    [start, end].forEach((handle, i) => {
      const at = [left, right][i];
      handle.setAttribute("aria-valuenow", Math.round(at));
      handle.setAttribute("aria-valuetext", iso(whole.from + (at / 100) * (whole.to - whole.from)));
    });
  }

  function makeBrush(brush) {
    for (const name of ["shade", "pane", "shade after"]) brush.appendChild(Object.assign(document.createElement("div"), { className: name }));
    for (const label of [brush.dataset.start, brush.dataset.end]) {
      const handle = Object.assign(document.createElement("div"), { className: "handle", tabIndex: 0 });
      for (const [name, value] of [["role", "slider"], ["aria-label", label], ["aria-valuemin", 0], ["aria-valuemax", 100], ["aria-valuenow", 0]]) handle.setAttribute(name, value);
      handle.addEventListener("keydown", (event) => nudge(event, handle));
      brush.appendChild(handle);
    }
    brush.addEventListener("pointerdown", drag);
  }

  const edges = () => {
    const [, , , start, end] = $("brush").children;
    return [parseFloat(start.style.left), parseFloat(end.style.left)];
  };

  function commit() {
    const [left, right] = edges(), [low, high] = extent(), at = (part) => low + (part / 100) * (high - low);
    if (right - left > 99.5) go({ from: "", to: "" });
    else show(at(left), at(right));
  }

  function drag(event) {
    const brush = $("brush"), box = brush.getBoundingClientRect();
    const at = (e) => Math.min(Math.max(((e.clientX - box.left) / box.width) * 100, 0), 100);
    const from = at(event), [left, right] = edges();
    const grip = event.target.className, second = event.target === brush.lastChild;
    const move = (e) => {
      const to = at(e);
      if (grip === "handle") placeBrush(...(second ? [left, Math.max(to, left + 0.5)] : [Math.min(to, right - 0.5), right]));
      else if (grip === "pane" && right - left < 99) {
        const shift = Math.min(Math.max(to - from, -left), 100 - right);
        placeBrush(left + shift, right + shift);
      } else placeBrush(Math.min(from, to), Math.max(from, to));
    };
    const up = (e) => {
      brush.removeEventListener("pointermove", move);
      const [first, last] = edges();
      if (Math.abs(at(e) - from) > 0.3 || last - first > 1) commit();
      else drawBrush();
    };
    event.preventDefault();
    brush.setPointerCapture(event.pointerId);
    brush.addEventListener("pointermove", move);
    brush.addEventListener("pointerup", up, { once: true });
  }

  function nudge(event, handle) {
    const way = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 }[event.key];
    if (!way) return;
    event.preventDefault();
    let [left, right] = edges();
    if (handle === $("brush").lastChild) right = Math.min(Math.max(right + way, left + 1), 100);
    else left = Math.max(Math.min(left + way, right - 1), 0);
    placeBrush(left, right);
    clearTimeout(waiting);
    waiting = setTimeout(commit, 220);
  }

  // ---------------------------------------------------------------- charts come and go
  function put(chart, figure) {
    window.drawing.draw(chart, figure);
    chart.marks = window.drawing.marks(figure);
    chart.dataset.chart = (figure.layout.meta || {}).group || "";
  }

  function drawTimeline(answer) {
    if (!answer || !plot()) return;
    if (answer.broken) return $("state").replaceChildren(grown(answer.broken));
    put(plot(), answer);
    const { state, heading, listed } = meta(plot());
    $("state").replaceChildren(grown(state));
    $("range").textContent = heading;
    $("table-title").textContent = listed;
    plot().dataset.n = Number(plot().dataset.n || 0) + 1; // how many times it was drawn, for tests and benchmarks
    if (previewed && !plot().matches(":hover")) unpreview();
    rebuild();
    drawBrush();
  }

  function drawOverview(answer) {
    if (!answer || !strip()) return;
    put(strip(), answer);
    drawBrush();
  }

  const under = (event) => {
    const chart = event.target.closest(".chart"), host = chart && chart.drawn ? chart : null;
    if (!host || host === strip()) return [null];
    const box = host.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    return [host, window.drawing.nearest(host, x, y, event.pointerType === "touch" ? 24 : 14), x, y];
  };

  document.addEventListener("pointermove", (event) => {
    if (event.buttons && dragged) return;
    const [chart, mark, x, y] = under(event);
    if (chart) chart.classList.toggle("over", Boolean(mark));
    if (mark) preview(chart, mark, [x, y]);
    else if (previewed && !event.target.closest("#preview")) {
      clearTimeout(leaving);
      leaving = setTimeout(unpreview, 160);
    } else clearTimeout(leaving);
  });

  let dragged = null;
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("#timeline-graph") || !drawn() || event.button) return;
    if ($("marks").tabIndex === 0) {
      $("marks").classList.add("by-mouse");
      $("marks").focus({ preventScroll: true });
    }
    dragged = { from: event.clientX, range: axisRange(), far: false };
  });
  // The browser would move the focus from the list of marks to nothing.
  document.addEventListener("mousedown", (event) => event.target.closest("#timeline-graph") && event.preventDefault());
  document.addEventListener("pointermove", (event) => {
    if (!dragged || !event.buttons || (!dragged.far && Math.abs(event.clientX - dragged.from) < 5)) return;
    if (!dragged.far) plot().setPointerCapture(event.pointerId);
    dragged.far = true;
    unpreview();
    const [low, high] = dragged.range, shift = ((dragged.from - event.clientX) / drawn().axes.x.size) * (high - low);
    slide([low + shift, high + shift]);
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => (dragged = null), 0));

  document.addEventListener("click", (event) => {
    const [chart, mark] = dragged && dragged.far ? [null] : event.target.closest("#preview") ? [plot(), previewed] : under(event);
    if (!mark) return;
    if (marks().includes(mark)) {
      focused = order.indexOf(marks().indexOf(mark));
      activate(mark);
    } else if (chart && mark.id) go({ e: mark.id, whole: "" });
    unpreview();
  });
  document.addEventListener("dblclick", (event) => event.target.closest("#timeline-graph") && !under(event)[1] && ACTIONS.fit());

  // ---------------------------------------------------------------- saving
  function save(blob, file) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: file });
    link.click(); // outside the document, so that no menu takes it for a click beside itself
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(texts().exportDone.replace("{file}", file));
  }

  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

  function deliver(answer) {
    if (!answer) return NO();
    if (answer.error) say(answer.error, true);
    else if (answer.figure) window.drawing.picture(answer.figure, answer.kind).then((blob) => save(blob, answer.file), (error) => say(String(error), true));
    else if (answer.content != null) save(new Blob([bytes(answer.content)], { type: answer.mime }), answer.file);
    return NO();
  }

  let requests = 0;
  function request(kind) {
    const chart = $("export-chart").value || "timeline";
    window.dash_clientside.set_props("export-request", { data: { kind, chart, n: ++requests } });
    say(texts().exporting);
  }

  // ---------------------------------------------------------------- saying things
  let quiet = 0;
  function say(text, alarm) {
    const live = $("live");
    if (!live) return;
    live.textContent = text;
    live.classList.toggle("toast", Boolean(alarm) || text === texts().copied || text.startsWith(texts().exportDone.split("{file}")[0] || "\0") || text === texts().exporting);
    clearTimeout(quiet);
    quiet = setTimeout(() => live.classList.remove("toast"), alarm ? 9000 : 2600);
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.appendChild(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(texts().copied);
  }

  // ---------------------------------------------------------------- mouse
  function closePopovers(except) {
    for (const popover of document.querySelectorAll("details.popover[open]")) if (!popover.contains(except)) popover.open = false;
    const results = $("search-results");
    if (results && !results.parentNode.contains(except)) results.hidden = true;
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-set],[data-do],[data-copy],[data-export],[data-theme-choice],[data-lang-choice],#help-button,#help-close,a.skip");
    closePopovers(event.target);
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const data = target.dataset;
    if (data.set) {
      event.preventDefault();
      go(JSON.parse(data.set));
      if (target.closest(".results")) $("search-results").hidden = true;
    } else if (data.do) ACTIONS[data.do]();
    else if (data.copy) copy(data.copy === "href" ? location.href : data.copy);
    else if (data.export) request(data.export);
    else if (data.themeChoice) {
      event.preventDefault();
      go({ theme: data.themeChoice === "auto" ? "" : data.themeChoice });
      setTimeout(measure, 0);
    } else if (data.langChoice) {
      event.preventDefault();
      const query = new URLSearchParams(location.search);
      query.set("lang", data.langChoice);
      location.search = query;
    } else if (target.id === "help-button") $("help").showModal();
    else if (target.id === "help-close") $("help").close();
    else if (target.matches("a.skip")) {
      event.preventDefault();
      $("marks").focus();
    }
  });

  document.addEventListener("wheel", (event) => {
    if (document.activeElement !== $("marks") || !event.target.closest("#timeline")) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, drawn().axes.x.at(event.clientX - plot().getBoundingClientRect().left), true);
  }, { passive: false });

  // ---------------------------------------------------------------- keys
  function laneStep(way) {
    const all = marks(), here = all[order[focused]];
    if (!here) return focusMark(0);
    const lanes = [...new Set(all.map((mark) => mark.lane))];
    for (let lane = lanes.indexOf(here.lane) + way; lane >= 0 && lane < lanes.length; lane += way) {
      const inside = order.filter((i) => all[i].lane === lanes[lane]);
      if (!inside.length) continue;
      const far = (i) => Math.abs(all[i].x - here.x) + (all[i].axis === here.axis ? 0 : 1e8);
      return focusMark(order.indexOf(inside.reduce((a, b) => (far(b) < far(a) ? b : a))));
    }
  }

  const KEYS = {
    ArrowRight: () => focusMark(focused + 1),
    ArrowLeft: () => focusMark(focused < 0 ? 0 : focused - 1),
    ArrowDown: () => laneStep(1),
    ArrowUp: () => laneStep(-1),
    Home: () => focusMark(0),
    End: () => focusMark(order.length - 1),
    Enter: () => activate(marks()[order[focused]], true),
    " ": () => activate(marks()[order[focused]], true),
    "+": ACTIONS.in,
    "=": ACTIONS.in,
    "-": ACTIONS.out,
    0: ACTIONS.fit,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input,select,textarea,[contenteditable]");
    if (event.key === "Escape") {
      const seen = previewed;
      unpreview();
      const open = document.querySelector("details.popover[open]");
      if (open) {
        open.open = false;
        open.firstElementChild.focus();
      } else if (typing) {
        closePopovers(document.body);
        event.target.blur();
      } else if (current() && !seen) {
        go({ e: "", whole: "" });
        $("marks").focus();
      }
      return;
    }
    if (typing) return;
    if (event.key === "/") {
      event.preventDefault();
      $("search").focus();
    } else if (event.key === "?") $("help").showModal();
    else if (event.target === $("marks") && KEYS[event.key]) {
      event.preventDefault();
      $("marks").classList.remove("by-mouse");
      KEYS[event.key]();
    }
  });

  document.addEventListener("focusin", (event) => {
    if (event.target === $("marks") && focused < 0 && !byMouse()) focusMark(Math.max(order.findIndex((i) => marks()[i].id === current()), 0));
    else showRing();
    if (event.target.id === "search" && event.target.value) $("search-results").hidden = false;
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === $("marks")) {
      if (!byMouse()) unpreview();
      event.target.classList.remove("by-mouse");
    }
    setTimeout(showRing, 0);
  });

  // ---------------------------------------------------------------- evidence
  let openedByKey = false;
  let evidenceTitle = "";
  function arrived() {
    const title = $("evidence-title"), text = title ? current() : "";
    if (text === evidenceTitle) return;
    evidenceTitle = text;
    if (!title) return;
    for (const source of document.querySelectorAll(".source-text")) {
      const first = source.querySelector(".m-event");
      if (first) source.scrollTop = Math.max(0, first.offsetTop - source.offsetTop - 40);
    }
    const narrow = matchMedia("(max-width: 1099px)").matches;
    $("evidence").scrollTop = 0;
    if (openedByKey) title.focus({ preventScroll: !narrow });
    if (narrow) $("evidence").scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    openedByKey = false;
  }

  // ---------------------------------------------------------------- growing what the server planted
  const TAGS = new Set("h1 h2 header label dialog a abbr article b bdi blockquote button caption cite code dd details div dl dt em footer h3 h4 h5 i img kbd li mark ol option p q section span strong summary table tbody td th thead tr ul".split(" "));
  const safe = (name, value) => !name.startsWith("on") && (name !== "href" || /^[?#]/.test(value)) && (name !== "src" || value.startsWith("data:image/svg+xml;"));

  function grown(tree) {
    if (typeof tree === "string") return document.createTextNode(tree);
    const [tag, attributes, ...children] = tree;
    const element = tag ? document.createElement(TAGS.has(tag) ? tag : "span") : document.createDocumentFragment();
    for (const [name, value] of Object.entries(attributes)) if (safe(name, value)) name === "style" ? (element.style.cssText = value) : element.setAttribute(name, value);
    for (const child of children) {
      if (typeof child === "string" || Array.isArray(child)) element.append(grown(child));
      else put(element, child);
    }
    return element;
  }

  /* Grow every new tree that is not shut away in a closed box; menus stay open and the focus stays on the link that was followed. */
  function grow() {
    for (const plot of document.querySelectorAll(".planted")) {
      const box = plot.closest("details:not([open])");
      if (plot.grownFrom === plot.dataset.tree || (box && !plot.closest("summary"))) continue;
      plot.grownFrom = plot.dataset.tree;
      const open = [...plot.querySelectorAll("details")].map((each) => each.open);
      const held = plot.contains(document.activeElement) ? document.activeElement : null;
      const same = held && [...plot.querySelectorAll(held.tagName)].indexOf(held);
      plot.replaceChildren(grown(JSON.parse(plot.dataset.tree)));
      if (open.length) [...plot.querySelectorAll("details")].forEach((each, i) => open[i] && (each.open = true));
      if (held) (plot.querySelectorAll(held.tagName)[same] || plot.querySelector("a,button,summary") || document.body).focus();
    }
  }

  // ---------------------------------------------------------------- start
  let frame = 0;
  let watched = null;
  function changed() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const lanes = $("timeline");
      if (lanes && lanes !== watched) {
        watched = lanes;
        const watcher = new ResizeObserver(() => setTimeout(measure, 60));
        watcher.observe(lanes);
        watcher.observe($("indicators-body") || lanes);
        Object.assign(document.body.dataset, JSON.parse(($("texts") || { dataset: { texts: "{}" } }).dataset.texts));
        measure();
      }
      grow();
      arrived();
    });
  }
  new MutationObserver(changed).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-tree"] });
  document.addEventListener("toggle", (event) => {
    changed();
    if (event.target === $("timeline-details")) measure();
  }, true);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", measure);
  window.addEventListener("beforeprint", () => {
    for (const table of document.querySelectorAll(".as-table")) table.open = true; // paper cannot be clicked
    grow();
  });
  window.addEventListener("popstate", () => setTimeout(measure, 0));

  window.dash_clientside = Object.assign({}, window.dash_clientside, { dateline: { route, deliver, drawTimeline, drawOverview } });
  window.dateline = {
    range: () => (shown() || []).map(iso),
    marks,
    select: (id) => go({ e: id }),
    show: (first, last) => go({ from: first, to: last }),
  };
})();
