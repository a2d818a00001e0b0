"""The same facts, declarations and rules on Apache Spark, for a lake that one machine has outgrown."""
