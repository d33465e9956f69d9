// How Sphinx's search reads a question and orders hits: records before pages that list them; of two
// pages with the same words the shorter, which is about less else.
for (const word of "available can get many may might much must need supported use used".split(" ")) stopwords.add(word);
var splitQuery = (query) => {
  const all = query.match(/[\p{L}\p{N}_]+/gu) ?? [], asked = all.filter((word) => !stopwords.has(word.toLowerCase()));
  return asked.length ? asked : all;
};
var Scorer = {
  objNameMatch: 11, objPartialMatch: 6, objPrio: { 0: 15, 1: 5, 2: -5 },
  title: 15, partialTitle: 5, term: 5, partialTerm: 2,
  score([page, , , , score]) {
    const [, kind] = page.match(/^generated\/(\w+)\/(?!index$)/) ?? [];
    const first = { platforms: 6, expectations: 3, graphs: 3, jobs: 2, sessions: 2 }[kind] ?? 0;
    return score + first - Math.log2(this.sizes[page] / 64);
  },
  // the number of words on each page
  get sizes() {
    const { docnames, terms } = Search._index, sizes = Object.fromEntries(docnames.map((name) => [name, 1]));
    for (const pages of Object.values(terms)) for (const at of [pages].flat()) sizes[docnames[at]]++;
    Object.defineProperty(this, "sizes", { value: sizes });
    return sizes;
  },
};
