"""Why a running Zuul, or a file that it links to, cannot be read."""


class ZuulApiError(Exception):
    """A request that failed, or an answer that cannot be used; the message is one sentence."""


class NotThereError(ZuulApiError):
    """The server answered that nothing is at this address (404 or 410)."""
