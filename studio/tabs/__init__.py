"""The tabs of the page, one file each: `build` makes a tab inside the column that is open."""
