"""What a log tells: its sessions and status intervals, as frames and as a picture."""
