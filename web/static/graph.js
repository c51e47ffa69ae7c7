// The neighbourhood picture. Nodes are boxes; a click (or Enter) fetches a node's neighbours and
// lays the picture out anew: springs along edges, boxes that push each other away. The layout has
// no randomness, so the same clicks give the same picture.
const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 28;
const LONGEST = 15; // characters of a label in a box
const STEPS = 260;

const svgElement = (name, attributes = {}, text = "") => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
};
const short = (text) => {
  const letters = [...text]; // names differ at their ends: keep both
  return letters.length > LONGEST ? [...letters.slice(0, 8), "…", ...letters.slice(-6)].join("") : text;
};
const width = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 13.5 : 7.5), 24);

class Picture {
  constructor(section) {
    this.section = section;
    this.svg = section.querySelector("svg");
    this.status = section.querySelector(".graph-status");
    this.list = section.querySelector(".graph-list");
    this.opener = section.querySelector("[data-do=open]");
    section.querySelector(".graph-tools").addEventListener("click", (event) => this.command(event));
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    this.reset();
  }

  reset() {
    Object.assign(this, { nodes: new Map(), edges: new Map(), zoom: 1, pan: { x: 0, y: 0 } });
    this.root = this.section.dataset.iri;
    this.list.replaceChildren();
    this.expand(this.root);
  }

  async expand(iri) {
    if (this.nodes.get(iri)?.open) return this.choose(iri);
    this.status.textContent = this.section.dataset.loading;
    let told;
    try {
      const response = await fetch(this.section.dataset.api + "?iri=" + encodeURIComponent(iri));
      if (!response.ok) throw new Error(response.status);
      told = await response.json();
    } catch {
      this.status.textContent = this.section.dataset.failed;
      return;
    }
    const fresh = this.take(told);
    const { truncated, nothing } = this.section.dataset;
    const shown = told.neighbours.length;
    this.status.textContent = told.total > shown
      ? truncated.replace("{total}", told.total).replace("{shown}", shown)
      : fresh ? "" : nothing;
    this.layout();
    this.draw();
    this.choose(iri, this.nodes.size > shown + 1);
  }

  take(told) {
    const centre = this.add(told, { x: 0, y: 0 });
    centre.open = true;
    const fresh = told.neighbours.filter((n) => !this.nodes.has(n.iri));
    const places = this.places(centre, fresh.length);
    fresh.forEach((n, i) => this.add(n, places[i]));
    for (const { iri, direction, relation } of told.neighbours) {
      const [from, to] = direction === "out" ? [told.iri, iri] : [iri, told.iri];
      const key = [from, to].sort().join("\n"); // one line between two things
      if (!this.edges.has(key)) this.edges.set(key, { from, to, relation });
    }
    this.enlist(told);
    return fresh.length;
  }

  // A full ellipse around the first thing; around later ones a fan that points away from it.
  places(centre, count) {
    const away = Math.atan2(centre.y, centre.x);
    const whole = centre.iri === this.root;
    const arc = whole ? 2 * Math.PI : Math.PI * 0.9;
    const narrow = this.svg.clientWidth < 600; // on a phone the picture is higher than wide
    const across = narrow ? 90 : 270 * Math.max(1, count / 14);
    const down = narrow ? 60 + 22 * count : 150 * Math.max(1, count / 14);
    return Array.from({ length: count }, (_, i) => {
      const angle = whole ? (i / count) * arc - Math.PI / 2 : away - arc / 2 + ((i + 0.5) / count) * arc;
      const ring = i % 2 && count > 8 ? 1.3 : 1;
      return { x: centre.x + across * ring * Math.cos(angle), y: centre.y + down * ring * Math.sin(angle) };
    });
  }

  add(thing, at) {
    const text = short(thing.label);
    const known = this.nodes.get(thing.iri);
    if (!known) this.nodes.set(thing.iri, { ...thing, ...at, text, w: width(text), open: false });
    return this.nodes.get(thing.iri);
  }

  enlist(told) {
    const lines = told.neighbours.map((n) => {
      const link = Object.assign(document.createElement(n.page ? "a" : "span"), { textContent: n.label });
      if (n.page) link.href = n.page;
      const line = document.createElement("li");
      line.append((n.direction === "out" ? "→ " : "← ") + n.relation + " ", link);
      return line;
    });
    const [entry, inner] = [document.createElement("li"), document.createElement("ul")];
    inner.append(...lines);
    entry.append(told.label, inner);
    this.list.append(entry);
  }

  layout() {
    const nodes = [...this.nodes.values()];
    const pairs = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b) => [a, b]));
    const open = nodes.filter((node) => node.open).length;
    for (let step = 0; open > 1 && step < STEPS; step++) {
      const heat = 1 - step / STEPS;
      for (const node of nodes) node.fx = node.fy = 0;
      for (const [a, b] of pairs) this.repel(a, b);
      for (const { from, to } of this.edges.values()) this.attract(this.nodes.get(from), this.nodes.get(to));
      for (const node of nodes.filter((n) => n.iri !== this.root)) {
        const force = Math.hypot(node.fx, node.fy) || 1;
        const move = Math.min(force, 30 * heat + 2) / force;
        node.x += node.fx * move;
        node.y += node.fy * move;
      }
    }
    for (let round = 0; round < 60; round++) for (const [a, b] of pairs) this.separate(a, b);
  }

  // Boxes push each other away; edges draw them to a length. Pictures are wide: height counts more.
  repel(a, b) {
    const [dx, dy] = [a.x - b.x || 0.1, a.y - b.y || 0.1];
    this.push(a, b, dx, dy, 14000 / Math.max(dx * dx + dy * dy, 400));
  }

  attract(a, b) {
    const [dx, dy] = [a.x - b.x, (a.y - b.y) * 1.5];
    this.push(a, b, dx, dy, (170 - Math.hypot(dx, dy)) * 0.06);
  }

  push(a, b, dx, dy, force) {
    const share = force / (Math.hypot(dx, dy) || 1);
    a.fx += dx * share; a.fy += dy * share;
    b.fx -= dx * share; b.fy -= dy * share;
  }

  separate(a, b) {
    const overX = (a.w + b.w) / 2 + 14 - Math.abs(a.x - b.x);
    const overY = HEIGHT + 14 - Math.abs(a.y - b.y);
    if (overX <= 0 || overY <= 0) return;
    const side = (a.y < b.y ? -1 : 1) * (overY / 2);
    if (a.iri !== this.root) a.y += side;
    if (b.iri !== this.root) b.y -= side;
  }

  draw() {
    this.svg.replaceChildren();
    for (const { from, to } of this.edges.values()) {
      const [a, b] = [this.nodes.get(from), this.nodes.get(to)];
      this.svg.append(svgElement("line", { class: "edge", x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
    }
    for (const edges of this.bundles()) this.name(edges[Math.floor((edges.length - 1) / 2)]);
    for (const node of this.nodes.values()) this.svg.append(this.box(node));
    this.frame();
  }

  // Edges with the same relation at the same node; one name is enough for all of them.
  bundles() {
    const bundles = new Map();
    for (const edge of this.edges.values()) {
      const hub = this.nodes.get(edge.from).open ? edge.from : edge.to;
      const key = hub + "\n" + edge.relation;
      bundles.set(key, [...(bundles.get(key) || []), edge]);
    }
    return bundles.values();
  }

  name({ from, to, relation }) {
    const [a, b] = [this.nodes.get(from), this.nodes.get(to)];
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    this.svg.append(svgElement("text", { class: "relation", ...middle }, relation));
  }

  box(node) {
    const kind = /^[a-z]+$/.test(node.kind) ? node.kind : "other";
    const group = svgElement("g", {
      class: `node kind-${kind}${node.open ? " open" : ""}`, transform: `translate(${node.x} ${node.y})`,
      tabindex: "0", role: "button", "aria-label": node.label, "aria-expanded": node.open,
    });
    const box = svgElement("rect", { x: -node.w / 2, y: -HEIGHT / 2, width: node.w, height: HEIGHT });
    group.append(svgElement("title", {}, node.label), box, svgElement("text", {}, node.text));
    group.addEventListener("click", () => this.expand(node.iri));
    node.group = group;
    return group;
  }

  frame() {
    const all = [...this.nodes.values()];
    const left = Math.min(...all.map((n) => n.x - n.w / 2)) - 20;
    const right = Math.max(...all.map((n) => n.x + n.w / 2)) + 20;
    const top = Math.min(...all.map((n) => n.y)) - 40;
    const bottom = Math.max(...all.map((n) => n.y)) + 40;
    const w = Math.max(right - left, this.svg.clientWidth * 0.85) / this.zoom;
    const h = Math.max(bottom - top, 340) / this.zoom;
    const [x, y] = [(left + right - w) / 2 - this.pan.x, (top + bottom - h) / 2 - this.pan.y];
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.scale = w / this.svg.clientWidth;
    if (this.svg.clientWidth < 600) this.svg.style.height = Math.min(680, (h / w) * this.svg.clientWidth) + "px";
  }

  choose(iri, focus = true) {
    const node = this.nodes.get(iri);
    for (const other of this.nodes.values()) other.group.classList.toggle("chosen-node", other === node);
    if (node.page) this.opener.href = node.page;
    if (focus) node.group.focus({ preventScroll: true });
  }

  command(event) {
    const wanted = event.target.dataset.do;
    if (wanted === "reset") return this.reset();
    if (wanted !== "in" && wanted !== "out") return;
    this.zoom = Math.min(6, Math.max(0.4, this.zoom * (wanted === "in" ? 1.3 : 1 / 1.3)));
    this.frame();
  }

  key(event) {
    const here = [...this.nodes.values()].find((node) => node.group === event.target);
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const isOpening = event.key === "Enter" || event.key === " ";
    if (!here || !(isOpening || directions[event.key])) return;
    event.preventDefault();
    if (isOpening) return this.expand(here.iri);
    const [dx, dy] = directions[event.key];
    const far = (n) => Math.hypot(n.x - here.x, n.y - here.y);
    const ahead = [...this.nodes.values()]
      .filter((n) => n !== here && (n.x - here.x) * dx + (n.y - here.y) * dy > far(n) * 0.5)
      .sort((p, q) => far(p) - far(q));
    if (ahead.length) this.choose(ahead[0].iri);
  }

  drag(event) {
    if (event.buttons !== 1 || event.pointerType === "touch" || event.target !== this.svg) return;
    this.pan.x += event.movementX * this.scale;
    this.pan.y += event.movementY * this.scale;
    this.frame();
  }
}

for (const section of document.querySelectorAll("section.graph")) new Picture(section);
