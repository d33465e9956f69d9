// Types that several scripts of a page share, so that pages need not load them.

type JobGraph = ReturnType<typeof groundrulesJobGraph.read>;

/** The rows of the table that say why, one for each arrow; only the graph's own page has it. */
type ReasonRows = (HTMLTableRowElement | "" | null | undefined)[];

interface GraphPicture {
	figure: HTMLElement;
	frame: HTMLElement;
	svg: SVGSVGElement;
	graph: JobGraph;
	explanation: HTMLElement;
	/** -1 for no job. */
	highlight(job: number): void;
}

/** What can be found by name. */
interface SearchEntry {
	/** In English; "page" for a page without a record. */
	kind: string;
	/** In the language of the manual. */
	kindName: string;
	page: string;
	title: string;
	/** The title, the record's own name, then keywords. */
	names: string[];
	details: string;
	fragment: string;
}

interface MatrixColumn {
	/** The header cell above. */
	platform: HTMLTableCellElement;
	cells: HTMLTableCellElement[];
	label: string;
	/** Its place in a row. */
	at: number;
}

interface MatrixRow {
	row: HTMLTableRowElement;
	texts: string[];
}
