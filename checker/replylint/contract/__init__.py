"""The SLA contract: who may promise what, who must be told, and by when."""
