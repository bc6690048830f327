"""The law of outputs: matching paragraphs, counting answers, merging, the gate, references."""
