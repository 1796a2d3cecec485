"""`python -m tests.bench.inside`: what the product's own parts take, beside targets and peers."""

from tests.bench.inside.command import app

if __name__ == "__main__":
    app()
