"""The faces: the overlay, the terminal, and the one bridge to the agent behind them."""
