"""What every platform must do, and a third one that proves how little it takes."""
