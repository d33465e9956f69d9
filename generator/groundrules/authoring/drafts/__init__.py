"""Drafts records from real configurations, and adds what is new to those that exist."""
