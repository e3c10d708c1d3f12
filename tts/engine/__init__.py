"""Who may use the device, in which order: one worker, a bounded queue, progress, cancelling, sound while it is made."""
