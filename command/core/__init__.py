"""The one flow: actions, journal, tail, hub. Imports nothing of ours; slices register themselves with it."""
