"""The ports that every platform has, and a folder for each platform; nothing else knows its SDK."""
