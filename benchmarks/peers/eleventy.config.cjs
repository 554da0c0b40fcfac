// Entries come in; the pages of lists go out: by kind, and by every value of every facet, a hundred entries a page.
const facets = require("./pages/_data/facets.json");
const LISTED = 100;

function pagesOf(address, title, entries) {
  const pages = [];
  const at = (number) => (number === 0 ? address : `${address}page/${number + 1}/`);
  for (let start = 0, number = 0; start < entries.length; start += LISTED, number += 1) {
    pages.push({
      address: at(number),
      title,
      entries: entries.slice(start, start + LISTED),
      former: number ? at(number - 1) : "",
      next: start + LISTED < entries.length ? at(number + 1) : "",
    });
  }
  return pages;
}

function grouped(entries, namesOf) {
  const groups = new Map();
  for (const entry of entries) {
    for (const name of namesOf(entry)) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(entry);
    }
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

module.exports = function configure(config) {
  config.addPassthroughCopy({ "pages/photographs": "photographs" });
  config.addCollection("shelves", (api) => {
    const entries = api.getFilteredByTag("entry");
    const shelves = pagesOf("/", "样本展", entries);
    for (const [kind, found] of grouped(entries, (entry) => [entry.data.kind])) shelves.push(...pagesOf(`/${kind}/`, kind, found));
    for (const facet of facets) {
      const groups = grouped(entries, (entry) => new Set(entry.data.shelves[facet] || []));
      const terms = groups.map(([name, found]) => ({ address: `/${facet}/${name}/`, title: name, count: found.length }));
      shelves.push({ address: `/${facet}/`, title: facet, entries: [], terms });
      for (const [name, found] of groups) shelves.push(...pagesOf(`/${facet}/${name}/`, name, found));
    }
    return shelves;
  });
  return { dir: { input: "pages", output: "site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
};
