"""Rules as SQL for DuckDB and Spark: trees of a few known classes, two-valued truths, exact integers, no NULL logic."""
