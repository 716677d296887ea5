"""The core: what a question becomes. Records, ports and the path from question to cited answer.

Its packages build one on the other, in this order: `language` (Chinese text), `query` (what is asked),
`documents` (which of them it is asked of), `matching` (what a question and a text share), `reading` (which
sentences may answer, and whether they do), `retrieval` (which paragraphs are found), `citing` (marks, places
and support), `generation` (a language model) and `answer`. `chain` joins them.

May import the standard library and its adapters' libraries; never a sibling room.
"""
