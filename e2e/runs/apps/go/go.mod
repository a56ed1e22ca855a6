module example.com/corner-shop

go 1.25
