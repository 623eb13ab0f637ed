"""The analyst's page: what marsad found, served on loopback, readable without JavaScript, in four languages."""
