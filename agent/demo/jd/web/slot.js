// The page of the frame: it stays empty, the page around it draws its table here.
