"""Tests of the recipe that trains the bundled model."""
