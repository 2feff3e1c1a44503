"""A phone: what an app has to do to keep a diary in step with the service. Start at `phone.Phone`.

| Module | What it holds |
|---|---|
| `memory` | All a phone must keep on disk: copies, the queue, the cursor, open questions |
| `writing` | The person logs, edits and deletes; every change waits in the queue |
| `batches` | Which operations go out together, and when a batch must be split |
| `answers` | What each answer to an operation does to the memory |
| `merging` | Three versions of a record: can both edits stand? |
| `pulling` | Pages of changes, the jump of the cursor, starting over |
| `waiting` | How long to wait before the next try |
| `transport` | Requests over HTTP, or straight into the service inside a test |
| `faults` | A network that loses requests and answers, and a phone that dies |

It is used by tests, benchmarks and documentation, and knows nothing of the service but its API.
"""
