// Regions as a schematic grid of tiles above the results; arrows walk, a tile narrows to its region. No map: see docs/views.md.
(() => {
  "use strict";
  var SHADES = 4, views = window.exhibitionViews = window.exhibitionViews || {}, last = "";

  function make(tag, className, words) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (words !== undefined) node.textContent = words;
    return node;
  }
  function positive(number) { return number > 0; }

  // what the grid shows: the regions below `parent`, or the uppermost where it is -1
  function familyOf(column, parent) {
    return column.labels.map((_, at) => at).filter(at => (column.parents ? column.parents[at] : -1) === parent);
  }
  // below the chosen region if it holds others, else beside it; without choice, below the only region there is
  function levelOf(column, counts, chosen) {
    function held(parent) { return familyOf(column, parent).filter(at => counts[at]); }
    if (chosen.length) return held(chosen[0]).length > 1 ? chosen[0] : column.parents ? column.parents[chosen[0]] : -1;
    var level = -1, only = held(-1);
    while (only.length === 1 && held(only[0]).length > 1) {
      level = only[0];
      only = held(level);
    }
    return level;
  }
  function shader(numbers) {
    var known = numbers.filter(positive).sort((a, b) => a - b);
    return number => {
      if (!number) return 0;
      return 1 + Math.floor(SHADES * known.filter(other => other < number).length / known.length);
    };
  }

  function nameOf(node, label, short) {
    var at = label.indexOf(short);
    if (at > 0) node.appendChild(make("span", "vh", label.slice(0, at)));
    node.appendChild(document.createTextNode(short));
    if (at + short.length < label.length) node.appendChild(make("span", "vh", label.slice(at + short.length)));
    return node;
  }
  function tile(one) {
    var item = make("li", "tile tile--" + one.shade), face = make(one.count || one.chosen ? "button" : "span", "tile__a");
    if (one.at) item.className += " tile--c" + one.at[0] + " tile--r" + one.at[1];
    face.appendChild(nameOf(make("span"), one.label, one.short));
    face.appendChild(make("b", "", one.count.toLocaleString("en"))).appendChild(make("span", "vh", " 项"));
    if (face.tagName === "BUTTON") {
      face.type = "button";
      face.dataset.region = one.label;
      face.setAttribute("aria-pressed", String(one.chosen));
      face.tabIndex = -1;
    }
    item.appendChild(face);
    return item;
  }

  // the nearest tile in the direction of the arrow, by where the tiles stand on the screen
  function walk(event, box) {
    var way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    var from = event.target.closest("[data-region]"), best = null;
    if (!way || !from) return;
    event.preventDefault();
    var here = from.getBoundingClientRect();
    box.querySelectorAll("[data-region]").forEach(other => {
      var there = other.getBoundingClientRect();
      var x = there.left + there.width / 2 - here.left - here.width / 2, y = there.top + there.height / 2 - here.top - here.height / 2;
      var along = x * way[0] + y * way[1], aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
      if (along > 4 && (!best || along + 2.5 * aside < best[0])) best = [along + 2.5 * aside, other];
    });
    if (!best) return;
    from.tabIndex = -1;
    best[1].tabIndex = 0;
    best[1].focus();
  }

  function grid(tiles, label) {
    var box = make("div", "tilemap"), placed = tiles.filter(one => one.at);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", label + "，用方向键移动");
    [placed, tiles.filter(one => !one.at)].forEach((some, at) => {
      if (!some.length) return;
      box.appendChild(make("ul", at ? "tiles tiles--flow" : "tiles")).append.apply(box.lastChild, some.map(tile));
    });
    box.appendChild(make("p", "tilemap__n", (placed.length ? "方格只示意相邻关系，不是地图；" : "") + "颜色越深，条目越多。"));
    var faces = Array.from(box.querySelectorAll("[data-region]"));
    var first = faces.find(face => face.getAttribute("aria-pressed") === "true") || faces[0];
    if (first) first.tabIndex = 0;
    box.addEventListener("keydown", event => { walk(event, box); });
    return box;
  }

  function trail(column, level, choose) {
    var line = make("p", "tilemap__t"), labels = [];
    for (var at = level; at >= 0; at = column.parents[at]) labels.unshift(at);
    [-1].concat(labels).forEach((one, place) => {
      var name = one < 0 ? "全部地区" : column.labels[one];
      if (place) line.appendChild(document.createTextNode(" › "));
      if (one === level) {
        line.appendChild(make("b", "", name));
        return;
      }
      var way = line.appendChild(make("button", "", name));
      way.type = "button";
      way.dataset.level = String(one);
      way.addEventListener("click", () => { choose(one); });
    });
    return line;
  }

  views.tiles = place => Promise.all([place.columns.facet("region"), place.counts("region"), window.exhibitionEngine.load("tiles")]).then(found => {
    var column = found[0], counts = found[1], known = found[2];
    var wanted = place.state.facets.region || [];
    var chosen = column.labels.map((_, at) => at).filter(at => wanted.indexOf(column.labels[at]) >= 0 || wanted.indexOf(column.code(at)) >= 0);
    var level = levelOf(column, counts, chosen), family = familyOf(column, level);
    var shade = shader(family.map(at => counts[at]));
    function choose(at) {
      last = at < 0 ? "" : column.labels[at];
      place.go({ facets: { region: at < 0 ? [] : [column.code(at)] } });
    }
    var tiles = family.map(at => {
      var cell = known[column.labels[at]] || [column.labels[at], 0, 0];
      return { label: column.labels[at], short: cell[0], at: cell[1] ? [cell[1], cell[2]] : null, count: counts[at],
        shade: shade(counts[at]), chosen: chosen.indexOf(at) >= 0, order: cell[3] };
    });
    // regions that nobody names keep their place, so that the form stays
    Object.keys(known).forEach(label => {
      var cell = known[label];
      if (column.labels.indexOf(label) < 0 && cell[1] && cell[4] === (level < 0 ? "" : column.labels[level])) {
        tiles.push({ label: label, short: cell[0], at: [cell[1], cell[2]], count: 0, shade: 0, chosen: false, order: cell[3] });
      }
    });
    tiles = tiles.filter(one => one.count || one.chosen || one.at).sort((a, b) => a.order - b.order);
    var box = grid(tiles, level < 0 ? "地区方格图" : column.labels[level] + "的方格图");
    box.addEventListener("click", event => {
      var face = event.target.closest("[data-region]"), at = face ? column.labels.indexOf(face.dataset.region) : -1;
      if (!face) return;
      choose(chosen.indexOf(at) >= 0 ? level : at);
      last = face.dataset.region;
    });
    var rows = make("ol", "rows");
    rows.start = place.first + 1;
    rows.append.apply(rows, place.shown.map(place.row));
    if (level >= 0) box.insertBefore(trail(column, level, choose), box.firstChild);
    place.root.replaceChildren(box, rows);
    // the view stands in the page only after this promise
    var back = last && box.querySelector('[data-region="' + window.CSS.escape(last) + '"]');
    last = "";
    if (!back) return;
    box.querySelectorAll("[data-region]").forEach(face => { face.tabIndex = face === back ? 0 : -1; });
    setTimeout(() => { back.focus({ preventScroll: true }); });
  });
})();
