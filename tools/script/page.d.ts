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

/** What can be found: a record, a page, or a section or term of a page. */
interface SearchEntry {
	/** In the language of the manual. */
	kind: string;
	/** Of its score. */
	weight: number;
	hasRecord: boolean;
	isTopic: boolean;
	page: string;
	/** With its #, or "". */
	fragment: string;
	title: string;
	/** A few words on it, such as its state. */
	details: string;
	sentence: string;
	/** The title, then other names. */
	names: string[];
}

/** What search_data.py writes. */
interface SearchEntries {
	/** Kinds and their names in the language of the manual. */
	kinds: Record<string, string>;
	pages: Record<
		string,
		[
			kind: string,
			fragment: string,
			title: string,
			details: string,
			sentence: string,
			...names: string[],
		][]
	>;
	synonyms: string[][];
}

interface MatrixLabel {
	/** In the header cell of its column. */
	item: HTMLElement;
	/** In small letters. */
	name: string;
}

/** The labels with the same answers, or a platform without labels. */
interface MatrixColumn {
	/** Its place in a row. */
	at: number;
	/** The header cell first. */
	cells: HTMLTableCellElement[];
	labels: MatrixLabel[];
	/** The header cell above, if there are several platforms. */
	platform?: HTMLTableCellElement;
}

interface MatrixRow {
	row: HTMLTableRowElement;
	/** The table that has it in the file. */
	table: HTMLTableElement;
	texts: string[];
}

/** Whether a path matches; undefined if that is not known here. */
type PathMatcher = (path: string) => boolean | undefined;

/** For which files a job runs; files and irrelevant are places in the list of patterns. */
interface JobRules {
	name: string;
	files: number[] | null;
	irrelevant: number[];
	/** A change of one of these starts the job. */
	own: string[];
	/** The places of the jobs that run where it does. */
	forces: number[];
	mayForce: number[];
	/** Those of the job and its parents that are not defined here. */
	elsewhere: string[];
	isKnown: boolean;
}

interface ChangeRules {
	jobs: JobRules[];
	/** The starts of paths where the configuration is. */
	configuration: string[];
	isComplete: boolean;
}

/** What pages/changed_files.py writes. */
interface ChangedFilesData {
	/** Else they are only documented. */
	isReal: boolean;
	groups: (ChangeRules & { pipelines: string[] })[];
	patterns: [source: string | null, negate: boolean][];
}
