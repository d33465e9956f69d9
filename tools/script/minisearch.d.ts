// The library in vendor/, as a global name.

declare const MiniSearch: typeof import("minisearch").default;
type MiniSearchQuery = import("minisearch").Query;
