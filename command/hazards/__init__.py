"""Hazards 隐患: found, graded, assigned, rectified, accepted, looked back at; what cannot be rectified is watched."""
