"""What readers get, tried in Chromium on the built site."""
