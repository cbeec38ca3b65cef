// A sheet of paper on the screen: the button that prints it is shown where there is a script to press it.
const print = document.getElementById("print");
print.hidden = false;
print.onclick = () => window.print();
