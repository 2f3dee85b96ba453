/* Draws a figure as one SVG.  A figure is what dashboard/charts return: the part of Plotly's data format that they use
 * (lines, markers, labels, shapes, notes, axes with given ticks).  All strokes and all markers of one look are one path,
 * so a view of a few hundred marks costs a few milliseconds; texts become text nodes and nothing else. */
(function () {
  "use strict";

  const SPACE = "http://www.w3.org/2000/svg";
  const LINE = 1.3; // line height of texts
  const round = (number) => Math.round(number * 10) / 10;
  const nth = (given, i) => (Array.isArray(given) ? given[i] : given);

  function node(name, attributes, parent) {
    const made = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    if (parent) parent.appendChild(made);
    return made;
  }

  // ---------------------------------------------------------------- texts
  const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"' };
  const decoded = (text) => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, number, hex, name) => (name ? ENTITIES[name] || all : String.fromCodePoint(number ? Number(number) : parseInt(hex, 16))));

  /* Return the lines of a text with its four tags (b, i, br, span with a colour), each a list of runs. */
  function lines(text) {
    const out = [[]], look = {};
    for (const [, close, tag, rest, words] of String(text).matchAll(/<(\/?)(b|i|br|span)\b([^>]*)>|([^<]+|<)/g)) {
      if (words) out[out.length - 1].push({ words: decoded(words), ...look });
      else if (tag === "br") out.push([]);
      else if (tag === "b") look["font-weight"] = close ? undefined : 700;
      else if (tag === "i") look["font-style"] = close ? undefined : "italic";
      else look.fill = close ? undefined : (/color:\s*(#\w+)/.exec(rest) || [])[1];
    }
    return out;
  }

  /* Write a text at a place; ``part`` says which part of its height stands there: 0 its top, 1 its bottom. */
  function write(parent, text, x, y, { size, part = 0.5, ...look }) {
    const told = lines(text), step = size * LINE, first = y - told.length * step * part + step * 0.5 + size * 0.36;
    const made = node("text", { x: round(x), y: round(first), "font-size": size, ...look }, parent);
    if (told.length === 1 && told[0].length === 1 && told[0][0]["font-weight"] === undefined && told[0][0].fill === undefined) {
      if (told[0][0]["font-style"]) made.setAttribute("font-style", "italic");
      made.textContent = told[0][0].words;
      return;
    }
    told.forEach((runs, i) =>
      runs.forEach(({ words, ...own }, j) => {
        node("tspan", j ? own : { x: round(x), y: round(first + i * step), ...own }, made).textContent = words;
      }),
    );
  }

  // ---------------------------------------------------------------- axes
  function scaled(layout, range) {
    const { width, height, margin } = layout, { l = 0, r = 0, t = 0, b = 0 } = margin || {};
    const area = { left: l, top: t, width: width - l - r, height: height - t - b };
    const axes = {};
    for (const name of ["x", "x2"]) {
      const axis = layout[name === "x" ? "xaxis" : "xaxis2"];
      if (!axis) continue;
      const [low, high] = (name === "x" && range) || axis.range, [begin, end] = axis.domain || [0, 1];
      const left = area.left + begin * area.width, size = (end - begin) * area.width;
      axes[name] = { axis, left, size, range: [low, high], px: (x) => left + ((x - low) / (high - low)) * size, at: (px) => low + ((px - left) / size) * (high - low) };
    }
    const [bottom, top] = layout.yaxis.range;
    const y = (value) => area.top + area.height - ((value - bottom) / (top - bottom)) * area.height;
    return { area, axes, y };
  }

  /* Return the functions that place a shape or a note: each axis its own, or parts of the whole area. */
  function placing({ area, axes, y }, thing) {
    const paper = (part) => area.left + part * area.width, high = (part) => area.top + (1 - part) * area.height;
    return [thing.xref === "paper" ? paper : axes.x.px, thing.yref === "paper" ? high : y];
  }

  function ticks(svg, scale, layout) {
    const { area, axes } = scale, { axis, px, left, size } = axes.x, above = axis.side === "top";
    const places = (axis.tickvals || []).map((value, i) => [px(value), axis.ticktext[i]]).filter(([x]) => x >= left - 1 && x <= left + size + 1);
    if (axis.showgrid) {
      const d = places.map(([x]) => `M${round(x)},${area.top}v${area.height}`).join("");
      node("path", { d, stroke: axis.gridcolor, fill: "none" }, svg);
    }
    if (axis.showticklabels === false) return;
    const { size: letter, color: fill } = axis.tickfont, bottom = area.top + area.height;
    const group = node("g", { fill, "text-anchor": "middle" }, svg);
    for (const [x, label] of places) {
      const half = Math.max(...label.split("<br>").map((line) => line.replace(/<[^>]*>/g, "").length)) * letter * 0.3;
      write(group, label, Math.min(Math.max(x, half), layout.width - half), above ? area.top - 3 : bottom + 3, { size: letter, part: above ? 1 : 0 });
    }
    const { text, font } = axis.title || {};
    if (text) write(svg, text, left + size / 2, bottom + 3 + letter * LINE, { size: font.size, fill: font.color, "text-anchor": "middle", part: 0 });
  }

  // ---------------------------------------------------------------- strokes and markers
  const DASHES = { dot: "3 3", dash: "9 9" };
  const dashed = (dash) => (!dash || dash === "solid" ? undefined : DASHES[dash] || dash.replace(/px/g, "").replace(/,/g, " "));

  function stroke(group, trace, px, y) {
    const { x: xs, y: ys, line } = trace, steps = line.shape === "hv", points = [];
    let d = "", pen = "M", before = 0;
    for (let i = 0; i < xs.length; i++) {
      if (xs[i] == null) pen = "M";
      else {
        const x = round(px(xs[i])), high = round(y(ys[i]));
        d += steps && pen === "L" ? `L${x},${before}L${x},${high}` : `${pen}${x},${high}`;
        if (trace.fill) points.push(x);
        [pen, before] = ["L", high];
      }
    }
    if (trace.fill && points.length) node("path", { d: `${d}L${points[points.length - 1]},${y(0)}L${points[0]},${y(0)}Z`, fill: trace.fillcolor }, group);
    if (d) node("path", { d, fill: "none", stroke: line.color, "stroke-width": line.width, "stroke-dasharray": dashed(line.dash) }, group);
  }

  const circle = (x, y, r) => `M${round(x - r)},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
  const polygon = (corners) => (x, y, r) => "M" + corners.map(([a, b]) => `${round(x + a * r)},${round(y + b * r)}`).join("L") + "Z";
  const SYMBOLS = {
    circle,
    diamond: polygon([[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]]),
    square: polygon([[-1, -1], [1, -1], [1, 1], [-1, 1]]),
    "triangle-up": polygon([[0, -1], [1.155, 0.5], [-1.155, 0.5]]),
    "triangle-down": polygon([[0, 1], [1.155, -0.5], [-1.155, -0.5]]),
    hexagon: polygon([[0, -1], [0.866, -0.5], [0.866, 0.5], [0, 1], [-0.866, 0.5], [-0.866, -0.5]]),
    pentagon: polygon([[0, -1], [0.951, -0.309], [0.588, 0.809], [-0.588, 0.809], [-0.951, -0.309]]),
  };

  function markers(group, { x: xs, y: ys, marker }, px, y) {
    const looks = new Map();
    const add = (look, d) => looks.set(look, (looks.get(look) || "") + d);
    xs.forEach((value, i) => {
      const [shape, hollow] = String(nth(marker.symbol, i)).split(/-open/), radius = nth(marker.size, i) / 2;
      const colour = nth(marker.color, i), line = marker.line || {}, at = [round(px(value)), round(y(ys[i])), radius];
      const width = nth(line.width, i) || 0, edge = hollow === undefined ? nth(line.color, i) : colour;
      add([hollow === undefined ? colour : "none", width ? edge : "none", width || 1].join(), SYMBOLS[shape](...at));
      if (hollow === "-dot") add([colour, "none", 1].join(), circle(at[0], at[1], 1.6));
    });
    for (const [look, d] of looks) {
      const [fill, edge, width] = look.split(",");
      node("path", { d, fill, stroke: edge, "stroke-width": width }, group);
    }
  }

  const ANCHORS = { right: "start", left: "end", center: "middle" };
  function labels(group, trace, px, y) {
    const { size, color, weight } = trace.textfont, inside = node("g", { "font-weight": weight }, group);
    trace.x.forEach((x, i) => {
      const anchor = ANCHORS[nth(trace.textposition, i).split(" ")[1]];
      write(inside, trace.text[i], px(x), y(trace.y[i]), { size, fill: nth(color, i), "text-anchor": anchor });
    });
  }

  function traces(svg, figure, { area, axes, y }) {
    for (const [name, { left, size, px }] of Object.entries(axes)) {
      // An SVG within the SVG cuts off what reaches beyond its axis.
      const inside = node("svg", { x: left, y: 0, width: size, height: area.top + area.height }, svg), own = (x) => px(x) - left;
      for (const trace of figure.data) {
        if ((trace.xaxis || "x") !== name) continue;
        if (trace.mode.includes("lines")) stroke(inside, trace, own, y);
        if (trace.mode.includes("markers")) markers(inside, trace, own, y);
        if (trace.mode.includes("text")) labels(inside, trace, own, y);
      }
    }
  }

  // ---------------------------------------------------------------- shapes and notes
  function shape(svg, scale, one) {
    const [px, high] = placing(scale, one), line = one.line || {};
    const [x0, x1, y0, y1] = [px(one.x0), px(one.x1), high(one.y0), high(one.y1)].map(round);
    const look = { fill: one.fillcolor || "none", stroke: line.width ? line.color : "none", "stroke-width": line.width, "stroke-dasharray": dashed(line.dash) };
    const [left, top, width, height] = [Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0)];
    if (one.type === "line") node("path", { d: `M${x0},${y0}L${x1},${y1}`, ...look }, svg);
    else if (one.type === "rect") node("rect", { x: left, y: top, width, height, ...look }, svg);
    else node("ellipse", { cx: left + width / 2, cy: top + height / 2, rx: width / 2, ry: height / 2, ...look }, svg);
  }

  const PARTS = { top: 0, middle: 0.5, bottom: 1 };
  function annotation(svg, scale, one) {
    const [px, high] = placing(scale, one), { size, color: fill } = one.font;
    const x = px(one.x) + (one.xshift || 0), y = high(one.y) - (one.yshift || 0);
    // What lies behind a note is covered by a seam in the colour of its ground.
    const seam = one.bgcolor ? { stroke: one.bgcolor, "stroke-width": 5, "stroke-linejoin": "round", "paint-order": "stroke" } : {};
    write(svg, one.text, x, y, { size, fill, part: PARTS[one.yanchor], "text-anchor": { left: "start", right: "end" }[one.xanchor] || "middle", ...seam });
  }

  /* Draw the figure into the element, the time axis over another range when one is given, and return how it is scaled. */
  function draw(host, figure, range) {
    const { layout } = figure, scale = scaled(layout, range);
    const { width, height, font } = layout;
    const svg = node("svg", { xmlns: SPACE, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": font.family, "font-size": font.size, fill: font.color, "aria-hidden": "true" });
    node("rect", { width, height, fill: layout.paper_bgcolor }, svg);
    const shapes = layout.shapes || [];
    for (const one of shapes) if (one.layer === "below") shape(svg, scale, one);
    if (scale.axes.x) ticks(svg, scale, layout);
    traces(svg, figure, scale);
    for (const one of shapes) if (one.layer !== "below") shape(svg, scale, one);
    const usual = ((layout.template || {}).layout || {}).annotationdefaults || {};
    for (const one of layout.annotations || []) annotation(svg, scale, { ...usual, ...one, font: { ...usual.font, ...one.font } });
    host.replaceChildren(svg);
    host.drawn = { figure, svg, ...scale };
    return host.drawn;
  }

  // ---------------------------------------------------------------- what stands where
  /* Return the marks of a figure; they travel as one list per field. */
  function marks(figure) {
    const given = (figure.layout.meta || {}).marks || [];
    if (Array.isArray(given)) return given;
    const fields = Object.entries(given);
    return given.id.map((_, i) => Object.fromEntries(fields.map(([name, values]) => [name, values[i]])));
  }

  const place = ({ axes, y }, mark) => [axes[mark.axis].px(mark.x), y(mark.y)];

  /* Return the mark nearest to a pixel of a drawn element, if one is near enough. */
  function nearest(host, x, y, reach = 14) {
    const { axes, y: high } = host.drawn;
    let best = null, least = reach * reach;
    for (const mark of host.marks) {
      const { px } = axes[mark.axis], spots = mark.spots.length ? mark.spots : [[mark.x, mark.y]];
      for (const [a, b] of spots) {
        const far = (px(a) - x) ** 2 + (high(b) - y) ** 2;
        if (far < least) [best, least] = [mark, far];
      }
    }
    return best;
  }

  // ---------------------------------------------------------------- as a file
  async function picture(figure, kind) {
    const host = document.createElement("div"), { svg } = draw(host, figure);
    const { width, height } = figure.layout;
    svg.removeAttribute("aria-hidden");
    const drawn = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
    if (kind === "svg") return drawn;
    const image = new Image(), url = URL.createObjectURL(drawn), canvas = document.createElement("canvas");
    [image.src, canvas.width, canvas.height] = [url, 2 * width, 2 * height];
    await image.decode();
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  window.drawing = { draw, marks, place, nearest, picture };
})();
