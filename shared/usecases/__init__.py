"""One file per thing the system does. They speak to the outside through the ports only."""
