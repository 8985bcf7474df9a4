"""The version of the tool: part of every report and of every cache's key."""

VERSION = "0.1.0"
