// A shop on Go's own server, that asks itself for orders. One order is broken.
package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

func main() {
	http.HandleFunc("GET /orders/{id}", showOrder)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go http.Serve(listener, nil)
	for _, id := range []int{1, 2, 3, 0} {
		answer, err := http.Get(fmt.Sprintf("http://%s/orders/%d", listener.Addr(), id))
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	// What is built in exports every half second, and not at the end of a program; metrics every two.
	time.Sleep(3 * time.Second)
}

func showOrder(answer http.ResponseWriter, request *http.Request) {
	id := request.PathValue("id")
	if id == "0" {
		http.Error(answer, "the order has no customer", http.StatusInternalServerError)
		return
	}
	slog.InfoContext(request.Context(), "order "+id+" shown")
	fmt.Fprintln(answer, id)
}
