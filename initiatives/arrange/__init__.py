"""Creating, editing and withdrawing initiatives: acts, forms and pages."""
