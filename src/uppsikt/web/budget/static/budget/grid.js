// A table with inputs that behaves like a spreadsheet. Without this it is a form that works.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector("table[data-grid]");
  const form = table?.closest("form");
  const status = form?.querySelector("[data-status]");
  if (!status) return;
  const words = status.dataset;
  const count = (text, n) => text.replace("#", n);

  // ---- amounts: whole kronor, exact
  const UNITS = {"": 0, kr: 0, tkr: 3, mnkr: 6};
  const FAULT = {ore: "ore", unread: "unread"};
  function read(text) { // a BigInt, null for an empty cell, or one of FAULT
    let clean = text.replace(/[\s\u00a0\u2007\u202f]/g, "").replace(/[\u2212\u2013]/g, "-");
    if (!clean) return null;
    clean = clean.replace(/^\((.+)\)$/, "-$1").replace(/^([^-]+)-$/, "-$1");
    const found = /^(-?)(\d+)(?:,(\d+))?(kr|tkr|mnkr)?$/i.exec(clean);
    if (!found) return FAULT.unread;
    const [, sign, whole, decimals = "", unit = ""] = found;
    const places = UNITS[unit.toLowerCase()];
    const kept = decimals.slice(0, places).padEnd(places, "0");
    if (/[1-9]/.test(decimals.slice(places))) return FAULT.ore;
    const amount = BigInt(whole + kept);
    if (amount > 10n ** 13n) return FAULT.unread;
    return sign ? -amount : amount;
  }
  const isAmount = (value) => typeof value === "bigint";
  function write(amount) {
    if (amount === null) return "";
    const digits = String(amount < 0n ? -amount : amount).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
    return amount < 0n ? `\u2212${digits}` : digits;
  }

  // ---- cells: rows of inputs, each with what it held when the page came
  const rows = [...table.querySelectorAll("tr[data-row]")].filter((row) => row.querySelector("td>input"));
  const cells = rows.map((row) => [...row.querySelectorAll("td>input")]);
  const width = cells[0]?.length ?? 0;
  const place = new Map();
  const values = new Map();
  const bases = new Map();
  cells.forEach((line, r) => {
    const held = rows[r].querySelector("input[type=hidden]").value.split(";");
    line.forEach((input, c) => {
      place.set(input, [r, c]);
      values.set(input, read(input.value));
      bases.set(input, held[c] === "" ? null : BigInt(held[c]));
    });
  });
  const emptyIsZero = table.dataset.grid !== "tilldelning";
  const same = (a, b) => a === b || (emptyIsZero && (a ?? 0n) === (b ?? 0n));
  const amountOf = (input) => (isAmount(values.get(input)) ? values.get(input) : 0n);

  function put(input, text) { // set a cell, as it will be shown
    const value = read(text);
    input.value = isAmount(value) ? write(value) : text.trim();
    note(input);
  }
  function note(input) { // take in what a cell holds, and mark it
    const value = read(input.value);
    values.set(input, value);
    const cell = input.parentElement;
    const faulty = typeof value === "string";
    cell.classList.toggle("changed", faulty || !same(value, bases.get(input)));
    cell.classList.toggle("faulty", faulty);
    input.toggleAttribute("aria-invalid", false);
    if (faulty) input.setAttribute("aria-invalid", "true");
    input.title = faulty ? (value === FAULT.ore ? words.ore : words.notread) : "";
  }

  // ---- sums, live
  const fixed = [...table.querySelectorAll("tr[data-row]")].map((row) => ({
    row, body: row.parentElement, depth: Number(row.dataset.depth),
    read: [...row.querySelectorAll("td>input, td>[data-fixed]")],
  }));
  const heldBy = (one) => (one.matches("input") ? values.get(one) : read(one.textContent));
  const show = (output, amount) => {
    output.textContent = write(amount);
    if ("left" in output.dataset) output.classList.toggle("bad", amount < 0n);
  };
  function sum() {
    const whole = Array(width).fill(0n);
    const groups = new Map();
    const givers = []; // of what is given on, only the uppermost counts
    for (const line of fixed) {
      let year = 0n;
      const group = groups.get(line.body) ?? groups.set(line.body, Array(width).fill(0n)).get(line.body);
      while (givers.length && givers.at(-1).depth >= line.depth) givers.pop();
      const given = line.read.map((one) => isAmount(heldBy(one)));
      line.read.forEach((one, c) => {
        const value = heldBy(one);
        const amount = isAmount(value) ? value : 0n;
        year += amount;
        group[c] += amount;
        if (emptyIsZero || !givers.some((above) => above.given[c])) whole[c] += amount;
      });
      givers.push({depth: line.depth, given});
      const output = line.row.querySelector("[data-sum]");
      if (output) show(output, year);
    }
    const add = (amounts) => amounts.reduce((a, b) => a + b, 0n);
    groups.forEach((amounts, body) => body.querySelectorAll("[data-group]").forEach((output) =>
      show(output, output.dataset.group === "sum" ? add(amounts) : amounts[output.dataset.group])));
    const at = (name) => (name === "sum" ? add(whole) : whole[name]);
    table.querySelectorAll("[data-column]").forEach((output) => show(output, at(output.dataset.column)));
    table.querySelectorAll("[data-left]").forEach((output) =>
      show(output, BigInt(output.dataset.limit) - at(output.dataset.left)));
    tell();
  }
  const changed = () => [...values.keys()].filter((input) => input.parentElement.classList.contains("changed"));
  function tell(extra = "") {
    const n = changed().length;
    const faulty = table.querySelectorAll("td.faulty").length;
    const parts = [n === 0 ? words.none : n === 1 ? words.one : count(words.many, n)];
    if (faulty) parts.push(faulty === 1 ? words.faultyone : count(words.faulty, faulty));
    const picked = block();
    if (picked.length > 1 || picked[0]?.length > 1) {
      const inputs = picked.flat();
      parts.push(`${count(words.selected, inputs.length)} ${write(inputs.reduce((a, one) => a + amountOf(one), 0n))}.`);
    }
    if (extra) parts.push(extra);
    status.textContent = parts.join(" ");
  }

  // ---- undo: every action is a list of cells with what stood before and after
  const done = [];
  const undone = [];
  function act(change) { // change(write) calls write(input, text) for each cell
    const steps = [];
    change((input, text) => {
      const before = input.value;
      put(input, text);
      if (input.value !== before) steps.push({input, before, after: input.value});
    });
    if (steps.length) { done.push(steps); undone.length = 0; }
    sum();
  }
  function turn(from, to, side) {
    const steps = from.pop();
    if (!steps) return;
    steps.forEach((step) => put(step.input, step[side]));
    to.push(steps);
    go(...place.get(steps[0].input));
    sum();
  }

  // ---- where one stands, and what is picked
  let anchor = [0, 0];
  let at = [0, 0];
  let editing = null; // the input that is written in, with what it held
  function block() {
    const [r1, r2] = [anchor[0], at[0]].sort((a, b) => a - b);
    const [c1, c2] = [anchor[1], at[1]].sort((a, b) => a - b);
    return cells.slice(r1, r2 + 1).map((line) => line.slice(c1, c2 + 1));
  }
  function paint() {
    table.querySelectorAll("td.picked").forEach((cell) => cell.classList.remove("picked"));
    const picked = block();
    if (picked.length > 1 || picked[0]?.length > 1) picked.flat().forEach((one) => one.parentElement.classList.add("picked"));
    tell();
  }
  function go(r, c, keep = false) {
    at = [Math.max(0, Math.min(r, cells.length - 1)), Math.max(0, Math.min(c, width - 1))];
    if (!keep) anchor = at;
    const input = cells[at[0]][at[1]];
    if (document.activeElement !== input) input.focus();
    input.select();
    paint();
  }
  function begin(input) { editing ??= {input, held: input.dataset.held ?? input.value}; }
  function end() { // what was typed becomes one action
    if (!editing) return;
    const {input, held} = editing;
    editing = null;
    const typed = input.value;
    input.value = held;
    act((set) => set(input, typed));
  }

  table.addEventListener("focusin", (event) => {
    const spot = place.get(event.target);
    if (!spot) return;
    event.target.dataset.held = event.target.value;
    if (spot[0] !== at[0] || spot[1] !== at[1]) { at = spot; anchor = spot; event.target.select(); paint(); }
  });
  table.addEventListener("focusout", (event) => { if (place.has(event.target)) end(); });
  table.addEventListener("input", (event) => {
    if (!place.has(event.target)) return;
    begin(event.target);
    note(event.target);
    sum();
  });

  const steps = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!place.has(input) || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const [r, c] = at;
    const handled = editing ? whileEditing(event, input, r, c) : control ? withControl(event) : whileMoving(event, input, r, c);
    if (handled) event.preventDefault();
  });
  function whileEditing(event, input, r, c) {
    if (event.key === "Enter") { end(); go(r + (event.shiftKey ? -1 : 1), c); return true; }
    if (event.key === "Escape") { input.value = editing.held; editing = null; note(input); sum(); input.select(); return true; }
    if (event.key === "ArrowUp" || event.key === "ArrowDown") { end(); go(r + steps[event.key][0], c); return true; }
    return false;
  }
  function withControl(event) {
    const key = event.key.toLowerCase();
    if (key === "z") { event.shiftKey ? turn(undone, done, "after") : turn(done, undone, "before"); return true; }
    if (key === "y") { turn(undone, done, "after"); return true; }
    if (key === "d" || key === "r") { fill(key === "d"); return true; }
    if (key === "a") { anchor = [0, 0]; at = [cells.length - 1, width - 1]; paint(); return true; }
    if (event.key in steps) {
      const [down, right] = steps[event.key];
      go(down ? (down < 0 ? 0 : cells.length - 1) : at[0], right ? (right < 0 ? 0 : width - 1) : at[1], event.shiftKey);
      return true;
    }
    return false;
  }
  function whileMoving(event, input, r, c) {
    if (event.key in steps) { go(r + steps[event.key][0], c + steps[event.key][1], event.shiftKey); return true; }
    if (event.key === "Enter") { go(r + (event.shiftKey ? -1 : 1), c); return true; }
    if (event.key === "Home" || event.key === "End") { go(r, event.key === "Home" ? 0 : width - 1, event.shiftKey); return true; }
    if (event.key === "F2") { begin(input); input.setSelectionRange(input.value.length, input.value.length); return true; }
    if (event.key === "Delete" || event.key === "Backspace") { act((set) => block().flat().forEach((one) => set(one, ""))); return true; }
    if (event.key === "Escape") { go(r, c); return true; }
    return false;
  }
  function fill(down) {
    const picked = block();
    act((set) => picked.forEach((line, r) => line.forEach((one, c) => {
      if (down ? r : c) set(one, (down ? picked[0][c] : line[0]).value);
    })));
  }

  // ---- mouse
  let dragging = false;
  table.addEventListener("mousedown", (event) => {
    const spot = place.get(event.target);
    if (!spot || event.button || editing?.input === event.target) return;
    if (event.shiftKey) { event.preventDefault(); end(); go(...spot, true); return; }
    dragging = true;
    if (document.activeElement === event.target) { anchor = spot; at = spot; paint(); }
  });
  table.addEventListener("mouseover", (event) => {
    const spot = place.get(event.target);
    if (!dragging || !spot || !event.buttons) return;
    if (spot[0] !== at[0] || spot[1] !== at[1]) { window.getSelection()?.removeAllRanges(); at = spot; paint(); }
  });
  document.addEventListener("mouseup", () => {
    if (dragging && (anchor[0] !== at[0] || anchor[1] !== at[1])) go(...at, true);
    dragging = false;
  });
  table.addEventListener("click", (event) => { if (place.has(event.target) && !editing && !event.shiftKey) event.target.select(); });
  table.addEventListener("dblclick", (event) => { if (place.has(event.target)) begin(event.target); });

  // ---- copy and paste: blocks of tabs and lines, as Excel and LibreOffice write and read them
  const plain = (input) => { const value = values.get(input); return isAmount(value) ? String(value) : input.value; };
  function copy(event, clear) {
    if (!place.has(event.target) || editing) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", block().map((line) => line.map(plain).join("\t")).join("\n"));
    if (clear) act((set) => block().flat().forEach((one) => set(one, "")));
  }
  table.addEventListener("copy", (event) => copy(event, false));
  table.addEventListener("cut", (event) => copy(event, true));
  table.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!place.has(event.target) || (editing && !/[\t\n]/.test(text.trim()))) return;
    event.preventDefault();
    end();
    paste(text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) =>
      line.split("\t").map((one) => one.replace(/^"(.*)"$/, "$1"))));
  });
  function paste(lines) {
    const picked = block();
    const single = lines.length === 1 && lines[0].length === 1;
    const [r, c] = place.get(picked[0][0]);
    let outside = 0;
    act((set) => {
      if (single) { picked.flat().forEach((one) => set(one, lines[0][0])); return; }
      lines.forEach((line, down) => line.forEach((text, right) => {
        const input = cells[r + down]?.[c + right];
        if (input) set(input, text); else outside += 1;
      }));
    });
    if (!single) {
      anchor = [r, c];
      at = [Math.min(r + lines.length, cells.length) - 1, Math.min(c + Math.max(...lines.map((l) => l.length)), width) - 1];
      paint();
    }
    if (outside) tell(count(words.outside, outside));
  }

  // ---- saving: only rows that are changed are sent; nobody leaves what is unsaved without being asked
  let sending = false;
  form.addEventListener("submit", () => {
    end();
    sending = true;
    rows.forEach((row) => {
      if (!row.querySelector("td.changed")) row.querySelectorAll("input").forEach((input) => { input.disabled = true; });
    });
  });
  window.addEventListener("pageshow", () => {
    sending = false;
    form.querySelectorAll("input:disabled").forEach((input) => { input.disabled = false; });
  });
  window.addEventListener("beforeunload", (event) => { if (!sending && changed().length) event.preventDefault(); });

  values.forEach((_value, input) => note(input));
  sum();
});
