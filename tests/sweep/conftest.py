from documents import folder as folder
from documents import run_sweep as run_sweep
