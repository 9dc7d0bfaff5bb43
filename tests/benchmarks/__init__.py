"""Speed and memory, each figure beside the floor measured in the same run: the same work by the barest code."""
