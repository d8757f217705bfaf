"""The rule language: text → tokens → tree → typed nodes. Closed, total, exact; nothing is ever eval()ed."""
